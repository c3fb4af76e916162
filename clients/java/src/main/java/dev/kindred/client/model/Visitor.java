package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who visits a shop, and what they like. */
public record Visitor(
    String userId,
    Optional<String> gender,
    Optional<String> ageGroup,
    Optional<String> locale,
    Optional<String> geoId,
    Map<String, Object> preferredCategories,
    Map<String, Object> preferredPlatforms,
    Optional<Double> avgPrice,
    Optional<Double> priceRangeMin,
    Optional<Double> priceRangeMax,
    long interactionCount,
    Optional<Instant> lastInteractionAt,
    Map<String, Object> buyingPatterns) {

  /** What is left out is empty. */
  public Visitor {
    preferredCategories = preferredCategories == null ? Map.of() : preferredCategories;
    preferredPlatforms = preferredPlatforms == null ? Map.of() : preferredPlatforms;
    buyingPatterns = buyingPatterns == null ? Map.of() : buyingPatterns;
  }
}
