package dev.kindred.engine.statistics;

/** The standard normal distribution. */
public final class Normal {
  private static final double DENSITY_MAX = 1 / Math.sqrt(2 * Math.PI);

  private Normal() {}

  public static double density(double x) {
    return DENSITY_MAX * Math.exp(-x * x / 2);
  }

  /** The probability of a value up to {@code x}. */
  public static double below(double x) {
    return above(-x);
  }

  /** The probability of a value beyond {@code x}, exact also where it is tiny. */
  public static double above(double x) {
    double halfSquare = x * x / 2;
    return x >= 0
        ? SpecialFunctions.gammaAbove(0.5, halfSquare) / 2
        : (1 + SpecialFunctions.gammaBelow(0.5, halfSquare)) / 2;
  }

  /** The value up to which lies the probability {@code p}. */
  public static double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a probability must be between 0 and 1, got " + p);
    }
    return p > 0.5 ? quantileAbove(1 - p) : -quantileAbove(p);
  }

  /** The value beyond which lies the probability {@code p}, at most one half. */
  private static double quantileAbove(double p) {
    if (p == 0) return Double.POSITIVE_INFINITY;
    // Abramowitz and Stegun 26.2.23 gives three digits; each of Halley's steps triples them.
    double t = Math.sqrt(-2 * Math.log(p));
    double x =
        t
            - (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    for (int step = 0; step < 3; step++) {
      double newton = (above(x) - p) / density(x);
      x += newton / (1 - newton * x / 2);
    }
    return x;
  }
}
