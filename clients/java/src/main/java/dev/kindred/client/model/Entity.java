package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that may be recommended. What {@code fields} did not ask for is empty. */
public record Entity(
    String entityId,
    String entityType,
    String tenantId,
    Map<String, Object> attributes,
    List<Double> featureVector,
    Optional<Instant> availableFrom,
    Optional<Instant> availableUntil,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt,
    Optional<Long> position,
    List<String> warnings) {
  /** What is left out is empty. */
  public Entity {
    featureVector = featureVector == null ? List.of() : featureVector;
    warnings = warnings == null ? List.of() : warnings;
    attributes = attributes == null ? Map.of() : attributes;
  }
}
