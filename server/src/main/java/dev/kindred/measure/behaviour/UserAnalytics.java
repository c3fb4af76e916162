package dev.kindred.measure.behaviour;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user did, summed up.
 *
 * @param averageSessionDuration in seconds, over what came with a duration
 * @param favoriteGenres the five that they like most, best first
 * @param preferredTimeSlots the three parts of the day in which they do most, first the foremost
 * @param completionRate the share of the titles that they began with and took in to the end
 * @param genreEmbedding how much they like each genre, most first, as a vector of length 1
 */
public record UserAnalytics(
    long totalViews,
    OptionalDouble averageSessionDuration,
    List<String> favoriteGenres,
    List<String> preferredTimeSlots,
    double completionRate,
    OptionalDouble averageRating,
    Optional<Instant> lastActive,
    List<LikedGenre> genreEmbedding) {

  /** A genre, and how much it is liked; below 0 where it is not. */
  public record LikedGenre(String genre, double weight) {}

  public UserAnalytics {
    favoriteGenres = List.copyOf(favoriteGenres);
    preferredTimeSlots = List.copyOf(preferredTimeSlots);
    genreEmbedding = List.copyOf(genreEmbedding);
  }
}
