package dev.kindred.client.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What to recommend, and to whom: to a user, for entities, for what is viewed now, or all of it.
 */
public final class RecommendationRequest extends Fields<RecommendationRequest> {

  private RecommendationRequest(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static RecommendationRequest empty() {
    return new RecommendationRequest(Map.of());
  }

  @Override
  RecommendationRequest made(Map<String, Object> values) {
    return new RecommendationRequest(values);
  }

  /** To whom. */
  public RecommendationRequest userId(String userId) {
    return with("user_id", userId);
  }

  /** Like these. */
  public RecommendationRequest entityIds(Collection<String> entityIds) {
    return with("entity_ids", entityIds);
  }

  /** What is viewed now, the newest last. */
  public RecommendationRequest session(Collection<String> session) {
    return with("session", session);
  }

  /** Where and when it is shown. */
  public RecommendationRequest context(Map<String, ?> context) {
    return with("context", context);
  }

  /** How many. */
  public RecommendationRequest count(int count) {
    return with("count", count);
  }

  /** hybrid, collaborative, content_based, trending or popular. */
  public RecommendationRequest algorithm(String algorithm) {
    return with("algorithm", algorithm);
  }

  /** Only entities of this type. */
  public RecommendationRequest entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** Only entities with these attributes. */
  public RecommendationRequest filter(Map<String, ?> filter) {
    return with("filter", filter);
  }

  /** Multiplies the scores of entities that meet a filter; may be said several times. */
  public RecommendationRequest boost(Map<String, ?> filter, double factor) {
    var boosts = new ArrayList<Object>((Collection<?>) values().getOrDefault("boost", List.of()));
    boosts.add(Map.of("filter", filter, "factor", factor));
    return with("boost", boosts);
  }

  /** How much the taste of others counts. */
  public RecommendationRequest collaborativeWeight(double collaborativeWeight) {
    return with("collaborative_weight", collaborativeWeight);
  }

  /** How much likeness of content counts. */
  public RecommendationRequest contentBasedWeight(double contentBasedWeight) {
    return with("content_based_weight", contentBasedWeight);
  }

  /** Only what scores as much. */
  public RecommendationRequest minScore(double minScore) {
    return with("min_score", minScore);
  }

  /** How far back to look. */
  public RecommendationRequest windowDays(double windowDays) {
    return with("window_days", windowDays);
  }

  /** Ids of which to say why they are not in the list. */
  public RecommendationRequest explainMissing(Collection<String> explainMissing) {
    return with("explain_missing", explainMissing);
  }

  /** From 0, the best, to 1, the most varied. */
  public RecommendationRequest diversity(double diversity) {
    return with("diversity", diversity);
  }

  /** Never these. */
  public RecommendationRequest exclude(Collection<String> exclude) {
    return with("exclude", exclude);
  }

  /** Whether what the user has seen is left out. */
  public RecommendationRequest excludeSeen(boolean excludeSeen) {
    return with("exclude_seen", excludeSeen);
  }

  /** Whether each item says why. */
  public RecommendationRequest explain(boolean explain) {
    return with("explain", explain);
  }

  /** Where it is shown, for reports. */
  public RecommendationRequest scenario(String scenario) {
    return with("scenario", scenario);
  }
}
