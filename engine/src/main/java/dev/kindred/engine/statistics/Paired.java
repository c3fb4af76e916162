package dev.kindred.engine.statistics;

/**
 * What each user did before an experiment and in it, summed up over a variant's users. Made from
 * running sums, or with {@link #of}.
 */
public record Paired(
    long count,
    double meanBefore,
    double mean,
    double varianceBefore,
    double variance,
    double covariance) {
  public Paired {
    if (count < 0 || !(varianceBefore >= 0) || !(variance >= 0) || !Double.isFinite(covariance)) {
      throw new IllegalArgumentException(
          "not a sample of pairs: %d pairs, variances %s and %s, covariance %s"
              .formatted(count, varianceBefore, variance, covariance));
    }
  }

  /** The first number of each pair is from before. */
  public static Paired of(double[] before, double[] during) {
    if (before.length != during.length) {
      throw new IllegalArgumentException(
          "as many numbers from before as from the experiment: "
              + before.length
              + " for "
              + during.length);
    }
    double meanBefore = 0;
    double mean = 0;
    double squaresBefore = 0;
    double squares = 0;
    double products = 0;
    for (int n = 0; n < before.length; n++) {
      double offBefore = before[n] - meanBefore;
      double off = during[n] - mean;
      meanBefore += offBefore / (n + 1);
      mean += off / (n + 1);
      squaresBefore += offBefore * (before[n] - meanBefore);
      squares += off * (during[n] - mean);
      products += offBefore * (during[n] - mean);
    }
    double degrees = Math.max(1, before.length - 1);
    return new Paired(
        before.length,
        meanBefore,
        mean,
        squaresBefore / degrees,
        squares / degrees,
        products / degrees);
  }

  /** The numbers from the experiment alone. */
  public Sample sample() {
    return new Sample(count, mean, variance);
  }
}
