package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A variant, or several, compared with another. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Comparison(
    List<String> variants,
    String against,
    Difference rate,
    Difference value,
    Difference cuped,
    Optional<Long> usersNeeded,
    Optional<Double> daysNeeded) {
  /** What is left out is empty. */
  public Comparison {
    variants = variants == null ? List.of() : variants;
  }
}
