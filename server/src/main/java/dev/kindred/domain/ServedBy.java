package dev.kindred.domain;

import dev.kindred.domain.Variant.Holdout;
import java.util.Map;
import java.util.Optional;

/**
 * The variant by which a user's recommendations are made.
 *
 * @param parameters as they would stand in the request; they count where the request says nothing
 *     else
 * @param holdout what the user gets who is held out
 */
public record ServedBy(
    String experiment, String variant, Map<String, String> parameters, Optional<Holdout> holdout) {

  public ServedBy {
    parameters = Map.copyOf(parameters);
  }
}
