package dev.kindred.domain;

import java.util.Optional;

/**
 * An arm of an experiment.
 *
 * @param weight its share of the users, in percent
 * @param config what it changes: parameters of recommendations, and whatever the client makes of it
 * @param isServed whether it changes recommendations, so that we have to know it when we serve them
 * @param holdout what its users get where they are to go without recommendations
 */
public record Variant(
    String name, double weight, JsonObject config, boolean isServed, Optional<Holdout> holdout) {

  private static final int LONGEST_NAME = 100;

  /** What users get who are held out, so that the others can be compared with them. */
  public enum Holdout {
    /** No list at all. */
    NOTHING,
    /** What is popular, the same for everybody. */
    POPULAR
  }

  public Variant {
    isServed |= holdout.isPresent();
    Text.id("a variant's name", name, LONGEST_NAME);
    if (!(weight > 0 && weight <= 100)) {
      throw new InvalidRequest(
          "the weight of variant "
              + Text.shown(name)
              + " must be more than 0 and at most 100, got "
              + weight);
    }
    if (holdout.isPresent() && !config.isEmpty()) {
      throw new InvalidRequest(
          "variant " + Text.shown(name) + " is a holdout, so its config must be empty");
    }
  }
}
