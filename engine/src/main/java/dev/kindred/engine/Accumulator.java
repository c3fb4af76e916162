package dev.kindred.engine;

import java.util.Arrays;

/**
 * A sparse sum under way: adds values at indexes and remembers which were touched, so that reading
 * and clearing cost what was added and not the length. For one thread; made once and cleared
 * between rows.
 */
public final class Accumulator {
  private final float[] sums;
  private final boolean[] isTouched;
  private final int[] touched;
  private int count;

  public Accumulator(int length) {
    sums = new float[length];
    isTouched = new boolean[length];
    touched = new int[length];
  }

  public void add(int index, float value) {
    if (!isTouched[index]) {
      isTouched[index] = true;
      touched[count++] = index;
    }
    sums[index] += value;
  }

  /** Adds {@code scale} times a row. */
  public void add(SparseRows matrix, int row, float scale) {
    int end = matrix.starts()[row + 1];
    for (int n = matrix.starts()[row]; n < end; n++)
      add(matrix.indexes()[n], scale * matrix.values()[n]);
  }

  /** Whether something was added there. */
  public boolean isTouched(int index) {
    return isTouched[index];
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
    return sums[index];
  }

  public void clear() {
    for (int n = 0; n < count; n++) {
      sums[touched[n]] = 0f;
      isTouched[touched[n]] = false;
    }
    count = 0;
  }

  /** Puts what was touched into ascending order. */
  public void sort() {
    Arrays.sort(touched, 0, count);
  }
}
