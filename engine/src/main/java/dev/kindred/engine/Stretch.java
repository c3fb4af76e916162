package dev.kindred.engine;

import java.util.Arrays;
import java.util.Collection;

/** Rows that follow each other, under way to a matrix: no object is kept for any of them. */
final class Stretch {
  private static final int[] NO_INDEXES = {};
  private static final float[] NO_VALUES = {};

  private final int[] sizes;
  private int[] indexes = NO_INDEXES;
  private float[] values = NO_VALUES;
  private int size;

  Stretch(int rows) {
    sizes = new int[rows];
  }

  void add(int row, Ranking entries) {
    int count = entries.size();
    if (size + count > indexes.length) resize(Math.max(size + count, size + (size >> 1)));
    System.arraycopy(entries.items(), 0, indexes, size, count);
    System.arraycopy(entries.scores(), 0, values, size, count);
    sizes[row] = count;
    size += count;
  }

  /** Gives back what room is left. */
  void end() {
    if (size < indexes.length) resize(size);
  }

  private void resize(int room) {
    indexes = Arrays.copyOf(indexes, room);
    values = Arrays.copyOf(values, room);
  }

  /** One matrix of all of them, which are used up by it. */
  static SparseRows joined(int rows, int columns, Collection<Stretch> stretches) {
    int[] starts = new int[rows + 1];
    int row = 0;
    for (Stretch stretch : stretches) {
      for (int entries : stretch.sizes) {
        starts[row + 1] = Math.addExact(starts[row], entries);
        row++;
      }
    }
    // One kind after the other, so that never more than half of it is there twice.
    int[] indexes = new int[starts[rows]];
    int at = 0;
    for (Stretch stretch : stretches) {
      System.arraycopy(stretch.indexes, 0, indexes, at, stretch.size);
      at += stretch.size;
      stretch.indexes = NO_INDEXES;
    }
    float[] values = new float[indexes.length];
    at = 0;
    for (Stretch stretch : stretches) {
      System.arraycopy(stretch.values, 0, values, at, stretch.size);
      at += stretch.size;
      stretch.values = NO_VALUES;
    }
    return new SparseRows(columns, starts, indexes, values);
  }
}
