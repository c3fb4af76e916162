package dev.kindred.engine;

import java.util.Arrays;

/**
 * What one user did: items with weights, oldest first where the order is known. A user need not
 * have been there when a model was trained: every model answers from the history alone. The arrays
 * are not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent")
public record History(int[] items, float[] weights) {
  public static final History EMPTY = new History(new int[0], new float[0]);

  public History {
    if (items.length != weights.length) {
      throw new IllegalArgumentException(
          "as many weights as items: " + weights.length + " for " + items.length);
    }
  }

  /** Each item with weight one. */
  public static History of(int... items) {
    float[] ones = new float[items.length];
    Arrays.fill(ones, 1f);
    return new History(items, ones);
  }

  static History of(Ranking row) {
    return new History(row.items(), row.scores());
  }

  public int size() {
    return items.length;
  }
}
