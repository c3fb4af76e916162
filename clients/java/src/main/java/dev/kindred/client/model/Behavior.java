package dev.kindred.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What a user did and in which circumstances. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Behavior(
    long id,
    String userId,
    String contentId,
    String mediaType,
    String action,
    @JsonProperty("interaction_type") String interactionType,
    Instant timestamp,
    Optional<Double> sessionDuration,
    Optional<Double> rating,
    Optional<Double> completionPercentage,
    Optional<String> skipReason,
    Map<String, Object> metadata,
    double weight,
    @JsonProperty("tenant_id") Optional<String> tenantId,
    long position,
    boolean duplicate,
    List<String> warnings) {
  /** What is left out is empty. */
  public Behavior {
    metadata = metadata == null ? Map.of() : metadata;
    warnings = warnings == null ? List.of() : warnings;
  }
}
