package dev.kindred.engine.statistics;

/** From {@code low} to {@code high}, both included; infinite where nothing is known. */
public record Interval(double low, double high) {
  public static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval must not end before it begins: " + low + " to " + high);
    }
  }

  static Interval around(double middle, double radius) {
    return new Interval(middle - radius, middle + radius);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  Interval plus(double shift) {
    return new Interval(low + shift, high + shift);
  }
}
