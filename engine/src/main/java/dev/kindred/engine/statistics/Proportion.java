package dev.kindred.engine.statistics;

/** How many of so many: users who converted among those who could. */
public record Proportion(long successes, long trials) {
  public Proportion {
    if (successes < 0 || trials < successes) {
      throw new IllegalArgumentException(
          "successes must be between 0 and the trials, got " + successes + " of " + trials);
    }
  }

  /** The share of successes; 0 as long as there are no trials. */
  public double rate() {
    return trials == 0 ? 0 : (double) successes / trials;
  }

  /** Wilson's score interval for the true rate: sound also for few trials and rates near 0 or 1. */
  public Interval interval(double confidence) {
    double z = Level.standardErrors(confidence);
    if (trials == 0) return new Interval(0, 1);
    double n = trials;
    double p = rate();
    double shrink = 1 + z * z / n;
    double middle = (p + z * z / (2 * n)) / shrink;
    double radius = z / shrink * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    double low = successes == 0 ? 0 : Math.max(0, middle - radius);
    double high = successes == trials ? 1 : Math.min(1, middle + radius);
    return new Interval(low, high);
  }
}
