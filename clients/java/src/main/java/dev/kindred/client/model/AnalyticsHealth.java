package dev.kindred.client.model;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Whether behaviour is counted, and how much of it is kept. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record AnalyticsHealth(
    String status,
    boolean degraded,
    long recordCount,
    Optional<Instant> lastActivity,
    String dbType) {}
