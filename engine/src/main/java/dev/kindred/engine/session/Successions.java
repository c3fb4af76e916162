package dev.kindred.engine.session;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.SparseRows.RowMaker;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.math.Powers;
import dev.kindred.engine.neighbours.ItemWeights;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What follows what: an item speaks for those that came after it in other sequences, the sooner the
 * louder.
 *
 * <p>{@code w(i → j) = Σ decay^(distance − 1) / (n_i^own · n_j^target)} over the places where j
 * comes after i within the window. Costs entries times window. Ludewig, Jannach 2018: Evaluation of
 * session-based recommendation algorithms.
 */
public final class Successions {
  private Successions() {}

  /**
   * How far a follower may be, and what frequency costs.
   *
   * @param decay what one place further counts less
   */
  public record Settings(int window, float decay, float own, float target) {}

  /** Learns from rows that hold one sequence each, oldest first. */
  public static ItemWeights learn(
      SparseRows sequences, Settings settings, int neighbours, Workers workers) {
    int items = sequences.columns();
    return new ItemWeights(
        SparseRows.collect(items, items, workers, rows(sequences, settings, neighbours)));
  }

  /** Makes the rows of the model, each on its own. */
  public static Supplier<RowMaker> rows(SparseRows sequences, Settings settings, int neighbours) {
    SparseRows places = places(sequences);
    float[] counts = places.sums();
    float[] byOwn = Powers.of(counts, -settings.own());
    float[] byTarget = Powers.of(counts, -settings.target());
    int[] ends = ends(sequences);
    return () -> {
      var sums = new Accumulator(sequences.columns());
      var top = new TopK(neighbours);
      return item -> {
        sums.clear();
        for (int n = places.starts()[item]; n < places.starts()[item + 1]; n++) {
          int place = places.indexes()[n];
          float weight = byOwn[item];
          int last = Math.min(ends[place], place + settings.window() + 1);
          for (int next = place + 1; next < last; next++, weight *= settings.decay()) {
            int follower = sequences.indexes()[next];
            sums.add(follower, weight * byTarget[follower]);
          }
        }
        return ItemWeights.best(sums, item, top);
      };
    };
  }

  /** For each item the places where it stands in the sequences, ascending. */
  private static SparseRows places(SparseRows sequences) {
    int entries = sequences.size();
    int[] each = new int[entries + 1];
    for (int n = 0; n <= entries; n++) each[n] = n;
    float[] ones = new float[entries];
    Arrays.fill(ones, 1f);
    return new SparseRows(sequences.columns(), each, sequences.indexes(), ones).transposed();
  }

  /** For each place the end of its sequence. */
  private static int[] ends(SparseRows sequences) {
    int[] ends = new int[sequences.size()];
    for (int row = 0; row < sequences.rows(); row++) {
      int end = sequences.starts()[row + 1];
      Arrays.fill(ends, sequences.starts()[row], end, end);
    }
    return ends;
  }
}
