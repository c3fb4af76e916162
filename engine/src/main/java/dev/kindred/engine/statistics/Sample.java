package dev.kindred.engine.statistics;

/** What is left of a sample of numbers: how many, their mean and their variance. */
public record Sample(long count, double mean, double variance) {
  public Sample {
    if (count < 0 || !Double.isFinite(mean) || !(variance >= 0)) {
      throw new IllegalArgumentException(
          "not a sample: " + count + " values, mean " + mean + ", variance " + variance);
    }
  }

  public static Sample of(double... values) {
    double mean = 0;
    double squares = 0;
    for (int n = 0; n < values.length; n++) {
      double off = values[n] - mean;
      mean += off / (n + 1);
      squares += off * (values[n] - mean);
    }
    return new Sample(values.length, mean, values.length < 2 ? 0 : squares / (values.length - 1));
  }

  /** From running sums, which may be kept at write time. */
  public static Sample ofSums(long count, double sum, double sumOfSquares) {
    if (count == 0) return new Sample(0, 0, 0);
    double mean = sum / count;
    double squares = Math.max(0, sumOfSquares - sum * mean);
    return new Sample(count, mean, count < 2 ? 0 : squares / (count - 1));
  }

  /** Student's interval for the true mean. */
  public Interval interval(double confidence) {
    double risk = Level.risk(confidence);
    if (count < 2) return Interval.UNKNOWN;
    return Interval.around(
        mean, StudentT.quantile(1 - risk / 2, count - 1.0) * Math.sqrt(meanVariance()));
  }

  /** The variance of the mean. */
  double meanVariance() {
    return variance / count;
  }
}
