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

  /** The same with what is older counting less: half after every {@code halfLife} entries. */
  public History fading(double halfLife) {
    float[] faded = new float[weights.length];
    for (int n = 0; n < faded.length; n++) {
      faded[n] = weights[n] * (float) Math.pow(0.5, (faded.length - 1 - n) / halfLife);
    }
    return new History(items, faded);
  }

  public int size() {
    return items.length;
  }
}
