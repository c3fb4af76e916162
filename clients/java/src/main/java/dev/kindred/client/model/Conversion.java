package dev.kindred.client.model;

import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What became of a conversion, and why if it was not counted. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Conversion(
    String experiment,
    String userId,
    String variant,
    String metricName,
    boolean counted,
    Optional<String> reason,
    Optional<Long> position) {}
