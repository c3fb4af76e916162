package dev.kindred.engine.statistics;

/** Student's t distribution; the degrees of freedom need not be whole. */
public final class StudentT {
  private static final int STEPS_MAX = 200;

  private StudentT() {}

  /** The probability of a value up to {@code t}. */
  public static double below(double t, double degrees) {
    return above(-t, degrees);
  }

  /** The probability of a value beyond {@code t}, exact also where it is tiny. */
  public static double above(double t, double degrees) {
    if (!(degrees > 0)) {
      throw new IllegalArgumentException("degrees of freedom must be positive, got " + degrees);
    }
    double tail = SpecialFunctions.beta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
    return t >= 0 ? tail : 1 - tail;
  }

  /** The value up to which lies the probability {@code p}. */
  public static double quantile(double p, double degrees) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a probability must be between 0 and 1, got " + p);
    }
    if (p < 0.5) return -quantileAbove(p, degrees);
    return p == 0.5 ? 0 : quantileAbove(1 - p, degrees);
  }

  /** The value beyond which lies the probability {@code p}, less than one half: by halving. */
  private static double quantileAbove(double p, double degrees) {
    if (p == 0) return Double.POSITIVE_INFINITY;
    double high = 1;
    while (above(high, degrees) > p && high < Double.MAX_VALUE / 2) high *= 2;
    double low = high == 1 ? 0 : high / 2;
    for (int step = 0; step < STEPS_MAX; step++) {
      double middle = low + (high - low) / 2;
      if (middle == low || middle == high) break;
      if (above(middle, degrees) > p) low = middle;
      else high = middle;
    }
    return high;
  }
}
