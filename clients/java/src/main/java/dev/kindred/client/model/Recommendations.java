package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list to show, best first. */
public record Recommendations(
    List<Recommendation> recommendations,
    String recommendationId,
    String algorithm,
    int count,
    Instant generatedAt,
    long position,
    String model,
    boolean cacheHit,
    boolean coldStart,
    Optional<String> userId,
    Optional<String> entityId,
    Map<String, Integer> shortfall,
    Map<String, Object> experiment) {
  /** What is left out is empty. */
  public Recommendations {
    recommendations = recommendations == null ? List.of() : recommendations;
    shortfall = shortfall == null ? Map.of() : shortfall;
    experiment = experiment == null ? Map.of() : experiment;
  }
}
