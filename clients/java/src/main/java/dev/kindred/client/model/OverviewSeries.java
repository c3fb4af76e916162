package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What happened in one stretch of time. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record OverviewSeries(Instant start, Map<String, Long> events, long activeUsers) {
  /** What is left out is empty. */
  public OverviewSeries {
    events = events == null ? Map.of() : events;
  }
}
