package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What happened when. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Overview(
    Instant from,
    Instant to,
    List<OverviewSeries> series,
    long activeUsers,
    List<OverviewTopContent> topContent,
    OverviewRecommendations recommendations) {
  /** What is left out is empty. */
  public Overview {
    series = series == null ? List.of() : series;
    topContent = topContent == null ? List.of() : topContent;
  }
}
