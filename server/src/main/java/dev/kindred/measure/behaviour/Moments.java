package dev.kindred.measure.behaviour;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The interactions of one user that are still kept raw: when each was, and on which row of the
 * history it counts; 8 bytes each, in no order. Guarded by the tenant's lock.
 */
final class Moments {

  /** So many rows can be told apart. */
  static final int ROWS_MAX = 1 << 20;

  private static final int ROW_BITS = 20;

  private int size;
  private long[] moments = new long[4];

  Moments() {}

  /** Those that were kept. */
  Moments(long[] kept) {
    moments = kept;
    size = kept.length;
  }

  int size() {
    return size;
  }

  /** When it was, in milliseconds. */
  long millis(int i) {
    return moments[i] >> ROW_BITS;
  }

  int row(int i) {
    return (int) moments[i] & (ROWS_MAX - 1);
  }

  void add(long millis, int row) {
    if (size == moments.length) moments = Arrays.copyOf(moments, UserHistory.grown(size));
    moments[size++] = (millis << ROW_BITS) | row;
  }

  void put(int i, int row) {
    moments[i] = (moments[i] & -ROWS_MAX) | row;
  }

  /** The last takes its place. */
  void remove(int i) {
    moments[i] = moments[--size];
  }

  /** Has the newest one of a row be one of another row. */
  void point(int from, int to) {
    for (int i = size - 1; i >= 0; i--) {
      if (row(i) != from) continue;
      put(i, to);
      return;
    }
  }

  /** Has all of a row be those of another. */
  void renumber(int from, int to) {
    for (int i = 0; i < size; i++) if (row(i) == from) put(i, to);
  }

  /** Forgets all others. */
  void retain(IntPredicate which) {
    int left = 0;
    for (int i = 0; i < size; i++) {
      if (which.test(i)) moments[left++] = moments[i];
    }
    size = left;
    if (left < moments.length / 4) moments = Arrays.copyOf(moments, Math.max(4, left));
  }

  /** The newest, or the given one where that is newer. */
  long newest(long atLeast) {
    long newest = atLeast;
    for (int i = 0; i < size; i++) newest = Math.max(newest, millis(i));
    return newest;
  }

  /** The array as it is now, of which the first {@link #size} count. */
  long[] shared() {
    return moments;
  }

  /** Leaves the array that was shared alone from now on. */
  void own() {
    moments = moments.clone();
  }
}
