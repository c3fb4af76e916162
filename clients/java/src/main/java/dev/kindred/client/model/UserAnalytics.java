package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What a user did, summed up. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record UserAnalytics(
    String userId,
    long totalViews,
    Optional<Double> averageSessionDuration,
    List<String> favoriteGenres,
    List<String> preferredTimeSlots,
    double completionRate,
    Optional<Double> averageRating,
    Optional<Instant> lastActiveDate,
    Map<String, Double> genreEmbedding) {
  /** What is left out is empty. */
  public UserAnalytics {
    favoriteGenres = favoriteGenres == null ? List.of() : favoriteGenres;
    preferredTimeSlots = preferredTimeSlots == null ? List.of() : preferredTimeSlots;
    genreEmbedding = genreEmbedding == null ? Map.of() : genreEmbedding;
  }
}
