package dev.kindred.engine.statistics;

/**
 * Compares two means by Welch's method, which does not ask for equal variances. Everything here
 * holds for one look at a size planned before. For looks on the way see {@link AlwaysValid}.
 */
public final class Means {
  private Means() {}

  /** How probable a difference as large as this, or larger, is if there is none; two-sided. */
  public static double pValue(Sample one, Sample other) {
    if (!comparable(one, other)) return 1;
    double t = Math.abs(one.mean() - other.mean()) / standardError(one, other);
    return 2 * StudentT.above(t, degrees(one, other));
  }

  /** The interval for the difference of the true means. */
  public static Interval difference(Sample treatment, Sample control, double confidence) {
    double risk = Level.risk(confidence);
    if (!comparable(treatment, control)) return Interval.UNKNOWN;
    double t = StudentT.quantile(1 - risk / 2, degrees(treatment, control));
    return Interval.around(
        treatment.mean() - control.mean(), t * standardError(treatment, control));
  }

  /**
   * Fieller's interval for the relative lift: by how much the treatment's true mean exceeds the
   * control's, as a part of it. Unknown as long as the control's mean may be zero.
   */
  public static Interval lift(Sample treatment, Sample control, double confidence) {
    double risk = Level.risk(confidence);
    if (!comparable(treatment, control) || control.mean() == 0) return Interval.UNKNOWN;
    double t = StudentT.quantile(1 - risk / 2, degrees(treatment, control));
    double ratio = treatment.mean() / control.mean();
    double square = t * t / (control.mean() * control.mean());
    double uncertainty = square * control.meanVariance();
    if (uncertainty >= 1) return Interval.UNKNOWN;
    double spread =
        square
            * (treatment.meanVariance() * (1 - uncertainty)
                + ratio * ratio * control.meanVariance());
    return Interval.around(ratio / (1 - uncertainty), Math.sqrt(spread) / (1 - uncertainty))
        .plus(-1);
  }

  static double standardError(Sample one, Sample other) {
    return Math.sqrt(one.meanVariance() + other.meanVariance());
  }

  /** Welch and Satterthwaite's degrees of freedom. */
  static double degrees(Sample one, Sample other) {
    double a = one.meanVariance();
    double b = other.meanVariance();
    return (a + b) * (a + b) / (a * a / (one.count() - 1) + b * b / (other.count() - 1));
  }

  private static boolean comparable(Sample one, Sample other) {
    return one.count() >= 2 && other.count() >= 2 && standardError(one, other) > 0;
  }
}
