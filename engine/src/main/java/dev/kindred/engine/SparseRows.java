package dev.kindred.engine;

import java.util.Arrays;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A sparse matrix in compressed rows: row {@code r} holds {@code indexes[n]} with {@code values[n]}
 * for {@code n} from {@code starts[r]} up to {@code starts[r + 1]}.
 *
 * <p>The shape that training and answering share: users by items, items by users, items by their
 * neighbours. Eight bytes an entry. The arrays are open for tight loops and never change once the
 * matrix is made: readers leave them as they are.
 */
@SuppressWarnings("ArrayRecordComponent")
public record SparseRows(int columns, int[] starts, int[] indexes, float[] values) {

  public SparseRows {
    if (starts.length == 0 || starts[0] != 0 || starts[starts.length - 1] != indexes.length) {
      throw new IllegalArgumentException(
          "starts must run from 0 to the number of entries, " + indexes.length);
    }
    if (indexes.length != values.length) {
      throw new IllegalArgumentException(
          "as many values as indexes: " + values.length + " for " + indexes.length);
    }
  }

  /** Makes one row after another; may keep scratch memory in between. */
  @FunctionalInterface
  public interface RowMaker {
    Ranking row(int row);
  }

  /**
   * Makes every row on its own, on many threads, and puts them together; entries keep the order
   * they are given in. Each thread asks for makers of its own.
   *
   * <p>Takes twelve bytes an entry at most while it works, of which eight stay.
   */
  public static SparseRows collect(
      int rows, int columns, Workers workers, Supplier<RowMaker> makers) {
    return collect(rows, columns, _ -> true, workers, makers);
  }

  /** The same for the rows that are wanted; all others are empty. */
  public static SparseRows collect(
      int rows, int columns, IntPredicate wanted, Workers workers, Supplier<RowMaker> makers) {
    var stretches = new ConcurrentSkipListMap<Integer, Stretch>();
    workers.each(
        rows,
        (from, to) -> {
          RowMaker maker = makers.get();
          var stretch = new Stretch(to - from);
          for (int r = from; r < to; r++) {
            if (wanted.test(r)) stretch.add(r - from, maker.row(r));
          }
          stretch.end();
          stretches.put(from, stretch);
        });
    return Stretch.joined(rows, columns, stretches.values());
  }

  public static SparseRows of(int columns, Ranking[] rows) {
    int[] starts = new int[rows.length + 1];
    for (int r = 0; r < rows.length; r++) starts[r + 1] = Math.addExact(starts[r], rows[r].size());
    int[] indexes = new int[starts[rows.length]];
    float[] values = new float[indexes.length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r].items(), 0, indexes, starts[r], rows[r].size());
      System.arraycopy(rows[r].scores(), 0, values, starts[r], rows[r].size());
    }
    return new SparseRows(columns, starts, indexes, values);
  }

  public int rows() {
    return starts.length - 1;
  }

  public int size() {
    return indexes.length;
  }

  public int size(int row) {
    return starts[row + 1] - starts[row];
  }

  /** The row's entries, copied. */
  public Ranking row(int row) {
    return new Ranking(
        Arrays.copyOfRange(indexes, starts[row], starts[row + 1]),
        Arrays.copyOfRange(values, starts[row], starts[row + 1]));
  }

  /** The first rows. */
  public SparseRows head(int count) {
    int end = starts[count];
    return new SparseRows(
        columns,
        Arrays.copyOf(starts, count + 1),
        Arrays.copyOf(indexes, end),
        Arrays.copyOf(values, end));
  }

  /** The other way round, rows ascending within each column; linear in the entries. */
  public SparseRows transposed() {
    int[] turned = new int[columns + 1];
    for (int column : indexes) turned[column + 1]++;
    for (int c = 0; c < columns; c++) turned[c + 1] += turned[c];
    int[] next = Arrays.copyOf(turned, columns);
    int[] rowOf = new int[indexes.length];
    float[] value = new float[indexes.length];
    for (int r = 0; r < rows(); r++) {
      for (int n = starts[r]; n < starts[r + 1]; n++) {
        int place = next[indexes[n]]++;
        rowOf[place] = r;
        value[place] = values[n];
      }
    }
    return new SparseRows(rows(), turned, rowOf, value);
  }

  /** The same entries with other values. */
  public SparseRows withValues(float[] others) {
    return new SparseRows(columns, starts, indexes, others);
  }

  /** The sum of each row's values. */
  public float[] sums() {
    float[] sums = new float[rows()];
    for (int r = 0; r < rows(); r++) {
      double sum = 0;
      for (int n = starts[r]; n < starts[r + 1]; n++) sum += values[n];
      sums[r] = (float) sum;
    }
    return sums;
  }

  public SparseRows timesRows(float[] factors) {
    float[] scaled = new float[values.length];
    for (int r = 0; r < rows(); r++) {
      for (int n = starts[r]; n < starts[r + 1]; n++) scaled[n] = values[n] * factors[r];
    }
    return new SparseRows(columns, starts, indexes, scaled);
  }

  public SparseRows timesColumns(float[] factors) {
    float[] scaled = new float[values.length];
    for (int n = 0; n < scaled.length; n++) scaled[n] = values[n] * factors[indexes[n]];
    return new SparseRows(columns, starts, indexes, scaled);
  }
}
