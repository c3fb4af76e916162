package dev.kindred.collect.features;

import java.util.Arrays;

/**
 * Places numbers between marks.
 *
 * @param marks ascending, no two alike; none where nothing is known about the numbers
 */
record Scale(double[] marks) {

  /** Marks at 0, 1, 3, 7, 15 … and their negatives. */
  static final Scale UNKNOWN = new Scale(new double[0]);

  private static final int INTERVALS = 8;

  private static final double LOG_2 = StrictMath.log(2);

  /** Marks such that about as many of the values are between any two of them. */
  static Scale ofSorted(double[] values) {
    double[] marks = new double[INTERVALS + 1];
    int count = 0;
    for (int i = 0; i <= INTERVALS; i++) {
      double quantile = values[(int) ((long) (values.length - 1) * i / INTERVALS)];
      if (count == 0 || quantile > marks[count - 1]) marks[count++] = quantile;
    }
    return new Scale(Arrays.copyOf(marks, count));
  }

  /** The place of a value: whole at the marks, in between between them; never beyond the ends. */
  double position(double value) {
    if (marks.length == 0) {
      // StrictMath, because vectors are to be the same on every machine.
      return Math.copySign(StrictMath.log1p(Math.abs(value)) / LOG_2, value);
    }
    int at = Arrays.binarySearch(marks, value);
    if (at >= 0) return at;
    int above = -at - 1;
    if (above == 0) return 0;
    if (above == marks.length) return marks.length - 1;
    double lower = marks[above - 1];
    // Halved, since the distance of two doubles need not be one.
    return above - 1 + (value / 2 - lower / 2) / (marks[above] / 2 - lower / 2);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scale that && Arrays.equals(marks, that.marks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(marks);
  }

  @Override
  public String toString() {
    return Arrays.toString(marks);
  }
}
