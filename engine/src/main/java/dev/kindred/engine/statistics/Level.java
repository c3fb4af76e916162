package dev.kindred.engine.statistics;

/** Checks and turns what callers say about how sure they want to be. */
final class Level {
  private Level() {}

  /** How many standard errors to each side hold the given share of a normal distribution. */
  static double standardErrors(double confidence) {
    return Normal.quantile(1 - risk(confidence) / 2);
  }

  /** The probability to be wrong that goes with a confidence. */
  static double risk(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be between 0 and 1, got " + confidence);
    }
    return 1 - confidence;
  }
}
