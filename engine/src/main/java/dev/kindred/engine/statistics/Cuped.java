package dev.kindred.engine.statistics;

import java.util.List;

/**
 * Takes out of an experiment's values what the users' behaviour before it foretold.
 *
 * <p>A user's value becomes y − θ·(x − x̄), with x from before. Assignment is independent of x, so
 * means keep their expectation, while the variance falls by the share of it that x explains. θ is
 * the common slope of all variants and x̄ the mean over all their users; one of each for all, or
 * the variants would no longer be comparable. See Deng and others, Improving the sensitivity of
 * online controlled experiments by utilizing pre-experiment data (2013).
 */
public final class Cuped {
  private Cuped() {}

  /** The variants' samples, in the same order, with less variance. */
  public static List<Sample> adjusted(List<Paired> variants) {
    double covariance = 0;
    double varianceBefore = 0;
    double sumBefore = 0;
    long users = 0;
    for (var variant : variants) {
      double degrees = Math.max(0, variant.count() - 1);
      covariance += degrees * variant.covariance();
      varianceBefore += degrees * variant.varianceBefore();
      sumBefore += variant.count() * variant.meanBefore();
      users += variant.count();
    }
    double slope = varianceBefore == 0 ? 0 : covariance / varianceBefore;
    double meanBefore = users == 0 ? 0 : sumBefore / users;
    return variants.stream().map(variant -> adjusted(variant, slope, meanBefore)).toList();
  }

  private static Sample adjusted(Paired variant, double slope, double meanBefore) {
    double mean = variant.mean() - slope * (variant.meanBefore() - meanBefore);
    double variance =
        variant.variance()
            - 2 * slope * variant.covariance()
            + slope * slope * variant.varianceBefore();
    return new Sample(variant.count(), mean, Math.max(0, variance));
  }
}
