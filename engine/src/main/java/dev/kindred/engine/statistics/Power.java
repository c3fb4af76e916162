package dev.kindred.engine.statistics;

/**
 * How many users an experiment needs, and how probably it finds what there is; for two-sided tests
 * of two groups.
 */
public final class Power {
  private Power() {}

  /**
   * Users needed in each of two groups to find, with probability {@code power}, that a rate changed
   * from one to the other.
   */
  public static long usersForRates(double from, double to, double confidence, double power) {
    requireRate(from);
    requireRate(to);
    double mean = (from + to) / 2;
    double noneFound = Level.standardErrors(confidence) * Math.sqrt(2 * mean * (1 - mean));
    double found = quantileOf(power) * Math.sqrt(from * (1 - from) + to * (1 - to));
    return users((noneFound + found) / (to - from));
  }

  /**
   * Users needed in each of two groups to find, with probability {@code power}, that a mean changed
   * by {@code difference}.
   */
  public static long usersForMeans(
      double difference, double variance, double confidence, double power) {
    if (!(variance >= 0)) {
      throw new IllegalArgumentException("variance must not be negative, got " + variance);
    }
    double errors = Level.standardErrors(confidence) + quantileOf(power);
    return users(errors * Math.sqrt(2 * variance) / difference);
  }

  /** How probably the difference of these rates is found, if it is the true one. */
  public static double of(Proportion treatment, Proportion control, double confidence) {
    if (treatment.trials() == 0 || control.trials() == 0) return 0;
    double variance =
        treatment.rate() * (1 - treatment.rate()) / treatment.trials()
            + control.rate() * (1 - control.rate()) / control.trials();
    return of(treatment.rate() - control.rate(), Math.sqrt(variance), confidence);
  }

  /** How probably the difference of these means is found, if it is the true one. */
  public static double of(Sample treatment, Sample control, double confidence) {
    if (treatment.count() < 2 || control.count() < 2) return 0;
    return of(
        treatment.mean() - control.mean(), Means.standardError(treatment, control), confidence);
  }

  private static double of(double difference, double standardError, double confidence) {
    double needed = Level.standardErrors(confidence);
    if (standardError == 0) return difference == 0 ? 0 : 1;
    double errors = Math.abs(difference) / standardError;
    return Normal.above(needed - errors) + Normal.below(-needed - errors);
  }

  /** The square, up to the next whole number; the largest number when no number is enough. */
  private static long users(double root) {
    return Double.isNaN(root) ? Long.MAX_VALUE : (long) Math.ceil(root * root);
  }

  private static double quantileOf(double power) {
    if (!(power > 0 && power < 1)) {
      throw new IllegalArgumentException("power must be between 0 and 1, got " + power);
    }
    return Normal.quantile(power);
  }

  private static void requireRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate must be between 0 and 1, got " + rate);
    }
  }
}
