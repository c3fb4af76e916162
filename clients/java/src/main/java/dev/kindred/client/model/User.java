package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who did it. */
public record User(
    String userId,
    String tenantId,
    Map<String, Object> attributes,
    long interactionCount,
    Instant createdAt,
    Instant updatedAt,
    Optional<Long> position) {
  /** What is left out is empty. */
  public User {
    attributes = attributes == null ? Map.of() : attributes;
  }
}
