package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What users made of content; rates are over distinct users. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record ContentMetrics(
    String contentId,
    String mediaType,
    Optional<String> title,
    List<String> genres,
    Optional<Double> averageRating,
    long totalViews,
    double completionRate,
    double skipRate,
    double trendingScore,
    double popularityIndex,
    Optional<Instant> lastUpdated) {
  /** What is left out is empty. */
  public ContentMetrics {
    genres = genres == null ? List.of() : genres;
  }
}
