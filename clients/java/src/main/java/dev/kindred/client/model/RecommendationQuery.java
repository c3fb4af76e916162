package dev.kindred.client.model;

import java.util.Collection;
import java.util.Map;

/** What a list of recommendations should be like. */
public final class RecommendationQuery extends Fields<RecommendationQuery> {

  private RecommendationQuery(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static RecommendationQuery any() {
    return new RecommendationQuery(Map.of());
  }

  @Override
  RecommendationQuery made(Map<String, Object> values) {
    return new RecommendationQuery(values);
  }

  /** How many. */
  public RecommendationQuery count(int count) {
    return with("count", count);
  }

  /** hybrid, collaborative, content_based, trending or popular. */
  public RecommendationQuery algorithm(String algorithm) {
    return with("algorithm", algorithm);
  }

  /** How much the taste of others counts. */
  public RecommendationQuery collaborativeWeight(double collaborativeWeight) {
    return with("collaborative_weight", collaborativeWeight);
  }

  /** How much likeness of content counts. */
  public RecommendationQuery contentBasedWeight(double contentBasedWeight) {
    return with("content_based_weight", contentBasedWeight);
  }

  /** Only entities of this type; for similar ones, the type of the entity given. */
  public RecommendationQuery entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** Whether what the user has seen is left out. */
  public RecommendationQuery excludeSeen(boolean excludeSeen) {
    return with("exclude_seen", excludeSeen);
  }

  /** Never these. */
  public RecommendationQuery exclude(Collection<String> exclude) {
    return with("exclude", exclude);
  }

  /** Only what scores as much. */
  public RecommendationQuery minScore(double minScore) {
    return with("min_score", minScore);
  }

  /** From 0, the best, to 1, the most varied. */
  public RecommendationQuery diversity(double diversity) {
    return with("diversity", diversity);
  }

  /** Whether each item says why. */
  public RecommendationQuery explain(boolean explain) {
    return with("explain", explain);
  }

  /** How far back to look. */
  public RecommendationQuery windowDays(double windowDays) {
    return with("window_days", windowDays);
  }

  /**
   * By attribute, for example {@code filter("category", "kitchen")} or {@code filter("price.lte",
   * 50)}.
   */
  public RecommendationQuery filter(String attribute, Object value) {
    return with(FREE + attribute, value);
  }

  /** Popular among the users with this attribute. */
  public RecommendationQuery segment(String attribute, Object value) {
    return with(FREE + "segment." + attribute, value);
  }
}
