package dev.kindred.engine.statistics;

/**
 * Tests and intervals that hold at every look, however many there are: one may stop an experiment
 * on any day because of what they say.
 *
 * <p>The mixture sequential probability ratio test. Let z be the difference in standard errors. The
 * likelihood of the data under effects drawn from a normal distribution, relative to that under
 * none, is Λ = (1+r)^(−1/2) · exp(z²/2 · r/(1+r)), where r is the variance of these effects in
 * terms of the estimate's. Without an effect Λ is a martingale with mean 1, so it exceeds 1/α with
 * probability at most α, ever. Its inverse is the p-value, and the effects that it does not reject
 * are the interval.
 *
 * <p>The variance of the effects is a choice and not a claim: it only decides at which size the
 * interval is tightest, and that is put at the number of users planned. Counts enter through the
 * normal approximation; r is small while they are, which asks for a large z then. See Johari,
 * Pekelis and Walsh, Always valid inference (2015), and Waudby-Smith and others, Time-uniform
 * central limit theory (2021).
 */
public record AlwaysValid(double confidence, long plannedUsers) {
  private static final int HALVINGS = 45;

  public AlwaysValid {
    Level.risk(confidence);
    if (plannedUsers < 1) {
      throw new IllegalArgumentException("planned users must be at least 1, got " + plannedUsers);
    }
  }

  public double pValue(Proportion one, Proportion other) {
    if (one.trials() == 0 || other.trials() == 0) return 1;
    double error = Math.sqrt(rateVariance(one) + rateVariance(other));
    return pValue(one.rate() - other.rate(), error, one.trials() + other.trials());
  }

  public double pValue(Sample one, Sample other) {
    if (one.count() < 2 || other.count() < 2) return 1;
    return pValue(
        one.mean() - other.mean(), Means.standardError(one, other), one.count() + other.count());
  }

  /** The interval for the difference of the true rates. */
  public Interval difference(Proportion treatment, Proportion control) {
    if (treatment.trials() == 0 || control.trials() == 0) return new Interval(-1, 1);
    double error = Math.sqrt(rateVariance(treatment) + rateVariance(control));
    double difference = treatment.rate() - control.rate();
    double radius = radius(error, treatment.trials() + control.trials());
    return new Interval(Math.max(-1, difference - radius), Math.min(1, difference + radius));
  }

  /** The interval for the difference of the true means. */
  public Interval difference(Sample treatment, Sample control) {
    if (treatment.count() < 2 || control.count() < 2) return Interval.UNKNOWN;
    double error = Means.standardError(treatment, control);
    if (error == 0) return Interval.UNKNOWN;
    double radius = radius(error, treatment.count() + control.count());
    return Interval.around(treatment.mean() - control.mean(), radius);
  }

  /**
   * The interval for the true rate. No approximation: these are the rates that fit the counts not
   * much worse than a rate drawn from a beta distribution does.
   */
  public Interval interval(Proportion proportion) {
    if (proportion.trials() == 0) return new Interval(0, 1);
    double x = proportion.successes();
    double y = proportion.trials() - x;
    double mixture =
        SpecialFunctions.logBeta(x + 0.5, y + 0.5) - SpecialFunctions.logBeta(0.5, 0.5);
    double least = mixture + Math.log(Level.risk(confidence));
    double rate = proportion.rate();
    return new Interval(
        x == 0 ? 0 : edge(rate, 0, x, y, least), y == 0 ? 1 : edge(rate, 1, x, y, least));
  }

  /** Between a rate that fits and one that does not: where the likelihood falls below the least. */
  private static double edge(double fitting, double beyond, double x, double y, double least) {
    double inside = fitting;
    double outside = beyond;
    for (int step = 0; step < HALVINGS; step++) {
      double rate = (inside + outside) / 2;
      double logLikelihood =
          (x == 0 ? 0 : x * Math.log(rate)) + (y == 0 ? 0 : y * Math.log1p(-rate));
      if (logLikelihood >= least) inside = rate;
      else outside = rate;
    }
    return outside;
  }

  /** The interval for the true mean. */
  public Interval interval(Sample sample) {
    if (sample.count() < 2 || sample.variance() == 0) return Interval.UNKNOWN;
    double radius = radius(Math.sqrt(sample.meanVariance()), sample.count());
    return Interval.around(sample.mean(), radius);
  }

  private double pValue(double difference, double error, long users) {
    if (error == 0) return 1;
    double r = effectVariance(users);
    double z = difference / error;
    return Math.min(1, Math.sqrt(1 + r) * Math.exp(-z * z / 2 * r / (1 + r)));
  }

  private double radius(double error, long users) {
    double r = effectVariance(users);
    double surprise = -2 * Math.log(Level.risk(confidence)) + Math.log1p(r);
    return error * Math.sqrt((1 + r) / r * surprise);
  }

  /**
   * The variance of the effects in terms of the estimate's, such that the plan is where it is best.
   */
  private double effectVariance(long users) {
    double surprise = -2 * Math.log(Level.risk(confidence));
    return (surprise + Math.log1p(surprise)) * users / plannedUsers;
  }

  /** Half a success and half a failure more, so that none yet does not look like certainty. */
  private static double rateVariance(Proportion proportion) {
    double trials = proportion.trials() + 1.0;
    double rate = (proportion.successes() + 0.5) / trials;
    return rate * (1 - rate) / proportion.trials();
  }
}
