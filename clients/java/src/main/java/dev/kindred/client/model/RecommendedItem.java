package dev.kindred.client.model;

import java.util.Map;
import java.util.Optional;

/** An entity with its score in [0, 1] and the reason. */
public record RecommendedItem(
    String entityId,
    String entityType,
    double score,
    String reason,
    Map<String, Object> attributes,
    Optional<Explanation> explanation) {
  /** What is left out is empty. */
  public RecommendedItem {
    attributes = attributes == null ? Map.of() : attributes;
  }
}
