package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list to show, best first. */
public record Recommendation(
    List<RecommendedItem> recommendations,
    String recommendationId,
    String algorithm,
    int count,
    boolean coldStart,
    Instant generatedAt,
    long position,
    String model,
    boolean cacheHit,
    Optional<String> userId,
    Optional<String> entityId,
    List<String> entityIds,
    Map<String, Integer> shortfall,
    List<Missing> missing,
    Map<String, Object> experiment,
    List<String> warnings) {

  /** What is left out is empty. */
  public Recommendation {
    recommendations = recommendations == null ? List.of() : recommendations;
    entityIds = entityIds == null ? List.of() : entityIds;
    shortfall = shortfall == null ? Map.of() : shortfall;
    missing = missing == null ? List.of() : missing;
    experiment = experiment == null ? Map.of() : experiment;
    warnings = warnings == null ? List.of() : warnings;
  }

  /** Why an entity that was asked about is not in the list. */
  public record Missing(
      String entityId,
      String rule,
      Optional<Integer> rank,
      Optional<Double> score,
      Optional<Double> lacking) {}
}
