package dev.kindred.engine;

import java.util.Arrays;

/**
 * A sparse sum under way: adds values at indexes and remembers which were touched, so that reading
 * and clearing cost what was added and not the length. For one thread; made once and cleared
 * between rows.
 */
public final class Accumulator {
  /** Stands for the sum of what was not touched, so that adding looks at one place alone. */
  private static final float UNTOUCHED = Float.NaN;

  private final float[] sums;
  private final int[] touched;
  private int count;

  public Accumulator(int length) {
    sums = new float[length];
    Arrays.fill(sums, UNTOUCHED);
    touched = new int[length];
  }

  /** Adds a number. */
  public void add(int index, float value) {
    float sum = sums[index];
    if (Float.isNaN(sum)) {
      touched[count++] = index;
      sums[index] = value;
    } else {
      sums[index] = sum + value;
    }
  }

  /** Adds {@code scale} times a row. */
  public void add(SparseRows matrix, int row, float scale) {
    int end = matrix.starts()[row + 1];
    for (int n = matrix.starts()[row]; n < end; n++)
      add(matrix.indexes()[n], scale * matrix.values()[n]);
  }

  /** Whether something was added there. */
  public boolean isTouched(int index) {
    return !Float.isNaN(sums[index]);
  }

  /** How many indexes were touched. */
  public int count() {
    return count;
  }

  /** The {@code n}-th index that was touched. */
  public int index(int n) {
    return touched[n];
  }

  public float sum(int index) {
    float sum = sums[index];
    return Float.isNaN(sum) ? 0f : sum;
  }

  public void clear() {
    for (int n = 0; n < count; n++) sums[touched[n]] = UNTOUCHED;
    count = 0;
  }

  /** Puts what was touched into ascending order. */
  public void sort() {
    Arrays.sort(touched, 0, count);
  }
}
