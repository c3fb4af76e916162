package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Which variant a user gets, and its settings. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Assignment(
    String experiment,
    String userId,
    String variant,
    Map<String, Object> config,
    boolean exposed,
    Optional<Instant> exposedAt,
    boolean concluded,
    Optional<Long> position) {
  /** What is left out is empty. */
  public Assignment {
    config = config == null ? Map.of() : config;
  }
}
