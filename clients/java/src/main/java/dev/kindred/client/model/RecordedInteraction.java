package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user did. */
public record RecordedInteraction(
    long id,
    String userId,
    String entityId,
    String entityType,
    String interactionType,
    double weight,
    Map<String, Object> metadata,
    String tenantId,
    Instant timestamp,
    long position,
    Optional<String> eventId,
    Optional<String> recommendationId,
    boolean duplicate,
    List<String> warnings) {
  /** What is left out is empty. */
  public RecordedInteraction {
    warnings = warnings == null ? List.of() : warnings;
    metadata = metadata == null ? Map.of() : metadata;
  }
}
