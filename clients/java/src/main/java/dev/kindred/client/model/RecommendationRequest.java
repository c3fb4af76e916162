package dev.kindred.client.model;

import java.util.Collection;
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

  /** What is viewed now, oldest first. */
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

  /** What counts more. */
  public RecommendationRequest boost(Map<String, ?> boost) {
    return with("boost", boost);
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
