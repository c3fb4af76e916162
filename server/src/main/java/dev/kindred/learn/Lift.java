package dev.kindred.learn;

import java.util.function.IntToDoubleFunction;

/**
 * By how much more a slice of users takes each item than everybody does: its share of the slice
 * over its share of all.
 *
 * <p>Level by level, from everybody inwards: of n within the slice and c for an item, the slice
 * says (c + m p) / (n + m), where p is what the level above says. How much that is worth, m, is
 * estimated from how far the counts are from p. By chance the sum of (c - n p)² / n p is about the
 * number of items less one; where tastes differ from slice to slice, it grows with n, by 1 / (1 +
 * m) for each (the Dirichlet-multinomial's moments). So a slice whose tastes are everybody's says
 * what everybody says, however few or many are in it, and one with tastes of its own soon speaks
 * for itself. Counts are of weights, so chance is as large as their squares tell, and who is in the
 * slice is in the level above too, which takes their part off.
 */
final class Lift {
  /** Items that are expected less often than that are looked at together. */
  private static final double EXPECTED_MIN = 1;

  /** What is borrowed where there is too little to tell: enough to drown chance, not a tie. */
  private static final double UNKNOWN = 500;

  /** What the level above says about each item. */
  private final double[] shares;

  private double[] all = {};
  private boolean isTold;

  /**
   * @param items how many items there are
   */
  Lift(int items) {
    shares = new double[items];
  }

  void begin(IntToDoubleFunction counts, double total) {
    for (int item = 0; item < shares.length; item++) {
      shares[item] = counts.applyAsDouble(item) / total;
    }
    all = shares.clone();
  }

  /**
   * One level further in.
   *
   * @param squares of the weights that the counts are made of
   * @param around how much there is in the level above
   */
  void within(IntToDoubleFunction counts, double total, double squares, double around) {
    if (total <= 0 || squares <= 0) return;
    double unit = squares / total;
    double borrowed = borrowed(counts, total / unit, unit, 1 - total / around);
    if (Double.isInfinite(borrowed)) return;
    isTold = true;
    double with = total + borrowed * unit;
    for (int item = 0; item < shares.length; item++) {
      shares[item] = (counts.applyAsDouble(item) + borrowed * unit * shares[item]) / with;
    }
  }

  /**
   * What the level above is worth, in interactions of usual weight.
   *
   * @param unit that weight
   * @param others which part of the level above is not in the slice
   */
  private double borrowed(IntToDoubleFunction counts, double n, double unit, double others) {
    double distance = 0;
    int kinds = 0;
    double rareExpected = 0;
    double rareCount = 0;
    for (int item = 0; item < shares.length; item++) {
      double expected = n * shares[item];
      double count = counts.applyAsDouble(item) / unit;
      if (expected < EXPECTED_MIN) {
        rareExpected += expected;
        rareCount += count;
      } else {
        distance += (count - expected) * (count - expected) / expected;
        kinds++;
      }
    }
    if (rareExpected > 0) {
      distance += (rareCount - rareExpected) * (rareCount - rareExpected) / rareExpected;
      kinds++;
    }
    int free = kinds - 1;
    if (others <= 1e-9) return Double.POSITIVE_INFINITY;
    if (free < 1) return UNKNOWN;
    // One standard deviation of chance is not taken for taste.
    double times = distance / (free * others) - Math.sqrt(2.0 / free);
    if (times <= 1) return Double.POSITIVE_INFINITY;
    return Math.max(1, (n - times) / (times - 1));
  }

  /** Whether anything is said that everybody does not say. */
  boolean isTold() {
    return isTold;
  }

  double of(int item) {
    return isTold && item < shares.length ? shares[item] / all[item] : 1;
  }
}
