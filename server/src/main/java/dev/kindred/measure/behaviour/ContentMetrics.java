package dev.kindred.measure.behaviour;

import dev.kindred.domain.EntityKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What users made of a title. Rates are shares of the users who began with it.
 *
 * @param trendingScore how much more falls on it now than usual: above 1 it is rising
 * @param popularityIndex how many per cent of the tenant's viewed content have fewer views; of
 *     those that have as many, half count
 */
public record ContentMetrics(
    EntityKey key,
    String mediaType,
    Optional<String> title,
    List<String> genres,
    OptionalDouble averageRating,
    long totalViews,
    double completionRate,
    double skipRate,
    double trendingScore,
    double popularityIndex,
    Optional<Instant> lastUpdated) {

  public ContentMetrics {
    genres = List.copyOf(genres);
  }
}
