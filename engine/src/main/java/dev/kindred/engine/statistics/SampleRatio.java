package dev.kindred.engine.statistics;

import java.util.Arrays;

/**
 * Whether as many users came to each variant as its weight says. Where not, users got lost or were
 * counted twice on the way, and no comparison of the variants can be trusted.
 */
public final class SampleRatio {
  /** How firmly the alternatives stick to the weights: from a tenth off to a thousandth off. */
  private static final double[] FIRMNESS = {1e2, 1e3, 1e4, 1e5, 1e6};

  private SampleRatio() {}

  /** Pearson's chi-squared test, for one look. */
  public static double pValue(long[] users, double[] weights) {
    double[] shares = shares(users, weights);
    double all = Arrays.stream(users).sum();
    if (all == 0) return 1;
    double statistic = 0;
    for (int v = 0; v < users.length; v++) {
      double expected = shares[v] * all;
      statistic += (users[v] - expected) * (users[v] - expected) / expected;
    }
    return ChiSquared.above(statistic, users.length - 1);
  }

  /**
   * A p-value that may be looked at any day: the inverse of how much better the counts fit shares
   * drawn from Dirichlet distributions around the weights than the weights. See Lindon and Malek,
   * Anytime-valid inference for multinomial count data (2022).
   */
  public static double pValueAlwaysValid(long[] users, double[] weights) {
    double[] shares = shares(users, weights);
    double[] logRatios = new double[FIRMNESS.length];
    for (int f = 0; f < FIRMNESS.length; f++) logRatios[f] = logRatio(users, shares, FIRMNESS[f]);
    double largest = Arrays.stream(logRatios).max().orElseThrow();
    double sum = 0;
    for (double logRatio : logRatios) sum += Math.exp(logRatio - largest);
    double logMean = largest + Math.log(sum / FIRMNESS.length);
    return Math.min(1, Math.exp(-logMean));
  }

  /**
   * The logarithm of the likelihood under a Dirichlet distribution relative to that of the shares.
   */
  private static double logRatio(long[] users, double[] shares, double firmness) {
    long all = Arrays.stream(users).sum();
    double ratio = SpecialFunctions.logGamma(firmness) - SpecialFunctions.logGamma(firmness + all);
    for (int v = 0; v < users.length; v++) {
      double prior = firmness * shares[v];
      ratio +=
          SpecialFunctions.logGamma(prior + users[v])
              - SpecialFunctions.logGamma(prior)
              - users[v] * Math.log(shares[v]);
    }
    return ratio;
  }

  private static double[] shares(long[] users, double[] weights) {
    if (users.length < 2 || users.length != weights.length) {
      throw new IllegalArgumentException(
          "two or more variants, each with a weight: " + users.length + ", " + weights.length);
    }
    double all = Arrays.stream(weights).sum();
    double[] shares = new double[weights.length];
    for (int v = 0; v < shares.length; v++) {
      if (!(weights[v] > 0 && Double.isFinite(all)) || users[v] < 0) {
        throw new IllegalArgumentException(
            "weights must be positive and users not negative, got " + weights[v] + ", " + users[v]);
      }
      shares[v] = weights[v] / all;
    }
    return shares;
  }
}
