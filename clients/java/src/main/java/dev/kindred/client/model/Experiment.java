package dev.kindred.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** An experiment: draft, running, stopped or concluded. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Experiment(
    String name,
    Optional<String> description,
    String state,
    long version,
    List<Variant> variants,
    List<String> targetMetrics,
    long minimumSampleSize,
    double attributionWindowHours,
    String assignedBy,
    Instant startDate,
    Optional<Instant> endDate,
    Optional<String> winner,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> startedAt,
    Optional<Instant> stoppedAt,
    @JsonProperty("tenant_id") String tenantId,
    Optional<Long> position,
    List<String> warnings) {
  /** What is left out is empty. */
  public Experiment {
    variants = variants == null ? List.of() : variants;
    targetMetrics = targetMetrics == null ? List.of() : targetMetrics;
    warnings = warnings == null ? List.of() : warnings;
  }
}
