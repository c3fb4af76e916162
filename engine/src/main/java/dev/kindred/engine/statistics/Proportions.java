package dev.kindred.engine.statistics;

/**
 * Compares two proportions after an experiment has ended: everything here holds for one look at a
 * size planned before. For looks on the way see {@link AlwaysValid}.
 */
public final class Proportions {
  /** Below so many expected in any cell the normal approximation is too coarse. */
  private static final double EXPECTED_MIN = 5;

  private Proportions() {}

  /**
   * How probable a difference as large as this, or larger, is if there is none: Fisher's exact test
   * for small counts, else the z test.
   */
  public static double pValue(Proportion one, Proportion other) {
    if (one.trials() == 0 || other.trials() == 0) return 1;
    return areSmall(one, other) ? fisher(one, other) : zTest(one, other);
  }

  /**
   * Whether the counts are too small for the normal approximation, and {@link #fisher} is taken.
   */
  public static boolean areSmall(Proportion one, Proportion other) {
    double all = (double) one.trials() + other.trials();
    double successes = (double) one.successes() + other.successes();
    double rarer = Math.min(successes, all - successes);
    double expectedLeast = rarer * Math.min(one.trials(), other.trials()) / all;
    return !(expectedLeast >= EXPECTED_MIN);
  }

  /** Two-sided z test with the pooled rate. */
  public static double zTest(Proportion one, Proportion other) {
    if (one.trials() == 0 || other.trials() == 0) return 1;
    double pooled =
        ((double) one.successes() + other.successes()) / ((double) one.trials() + other.trials());
    double variance = pooled * (1 - pooled) * (1.0 / one.trials() + 1.0 / other.trials());
    if (variance == 0) return 1;
    return 2 * Normal.above(Math.abs(one.rate() - other.rate()) / Math.sqrt(variance));
  }

  /**
   * Fisher's exact test, two-sided: the probability of all tables with the same margins that are no
   * more probable than the one seen. Takes as many steps as there are successes or failures,
   * whichever are fewer.
   */
  public static double fisher(Proportion one, Proportion other) {
    long successes = one.successes() + other.successes();
    long failures = one.trials() + other.trials() - successes;
    if (successes > failures) return fisher(turned(one), turned(other));
    long least = Math.max(0, successes - other.trials());
    long most = Math.min(successes, one.trials());
    double seen = logWays(one.trials(), other.trials(), successes, one.successes());
    // Equally probable tables may differ in the last digits.
    double bound = seen + 1e-7;
    double all = 0;
    double extreme = 0;
    for (long x = least; x <= most; x++) {
      double ways = logWays(one.trials(), other.trials(), successes, x);
      double relative = Math.exp(ways - seen);
      all += relative;
      if (ways <= bound) extreme += relative;
    }
    // All ways may overflow beside those of a table as improbable as that; then nothing is left.
    return all == Double.POSITIVE_INFINITY ? 0 : Math.min(1, extreme / all);
  }

  private static Proportion turned(Proportion proportion) {
    return new Proportion(proportion.trials() - proportion.successes(), proportion.trials());
  }

  private static double logWays(long trials, long otherTrials, long successes, long first) {
    return logChoose(trials, first) + logChoose(otherTrials, successes - first);
  }

  private static double logChoose(long n, long k) {
    return SpecialFunctions.logGamma(n + 1.0)
        - SpecialFunctions.logGamma(k + 1.0)
        - SpecialFunctions.logGamma(n - k + 1.0);
  }

  /**
   * Newcombe's interval for the difference of the true rates, from the Wilson intervals of both.
   * See Newcombe, Interval estimation for the difference between independent proportions (1998),
   * method 10.
   */
  public static Interval difference(Proportion treatment, Proportion control, double confidence) {
    var t = treatment.interval(confidence);
    var c = control.interval(confidence);
    double difference = treatment.rate() - control.rate();
    double below = Math.hypot(treatment.rate() - t.low(), c.high() - control.rate());
    double above = Math.hypot(t.high() - treatment.rate(), control.rate() - c.low());
    return new Interval(Math.max(-1, difference - below), Math.min(1, difference + above));
  }

  /**
   * The interval for the relative lift: by how much the treatment's true rate exceeds the
   * control's, as a part of it. Made from the Wilson intervals of both; without an upper end as
   * long as the control's rate may be zero. See Donner and Zou, Closed-form confidence intervals
   * for functions of the normal mean and standard deviation (2012).
   */
  public static Interval lift(Proportion treatment, Proportion control, double confidence) {
    if (treatment.trials() == 0 || control.trials() == 0) {
      return new Interval(-1, Double.POSITIVE_INFINITY);
    }
    double product = treatment.rate() * control.rate();
    var t = treatment.interval(confidence);
    var c = control.interval(confidence);
    double low = 0;
    if (t.low() > 0) {
      double above = t.low() * (2 * treatment.rate() - t.low());
      double below = c.high() * (2 * control.rate() - c.high());
      low = above / (product + Math.sqrt(product * product - above * below));
    }
    double high = Double.POSITIVE_INFINITY;
    if (c.low() > 0) {
      double above = t.high() * (2 * treatment.rate() - t.high());
      double below = c.low() * (2 * control.rate() - c.low());
      high = (product + Math.sqrt(product * product - above * below)) / below;
    }
    return new Interval(low, high).plus(-1);
  }
}
