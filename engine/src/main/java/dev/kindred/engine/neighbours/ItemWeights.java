package dev.kindred.engine.neighbours;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;

/**
 * Item-item weights: the row of an item says how much having it speaks for each of its neighbours.
 *
 * <p>A user's score for an item is the sum of the weights that lead to it from the items of the
 * history, so it costs the length of those rows, takes a new event in at once, and explains itself.
 * Rows stand best first: the beginning of a row answers "what is like this item".
 */
public record ItemWeights(SparseRows rows) implements Model {

  /** Turns rows that were made for targets, and puts each row best first. */
  static ItemWeights ofTargets(SparseRows byTarget) {
    SparseRows turned = byTarget.transposed();
    for (int item = 0; item < turned.rows(); item++) {
      int start = turned.starts()[item];
      var top = new TopK(turned.size(item));
      for (int n = start; n < turned.starts()[item + 1]; n++) {
        top.offer(turned.indexes()[n], turned.values()[n]);
      }
      // Nobody has seen these arrays yet, so the row is put in order where it stands.
      Ranking best = top.ranking();
      System.arraycopy(best.items(), 0, turned.indexes(), start, best.size());
      System.arraycopy(best.scores(), 0, turned.values(), start, best.size());
    }
    return new ItemWeights(turned);
  }

  @Override
  public int items() {
    return rows.rows();
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    for (int n = 0; n < history.size(); n++) {
      float weight = scale * history.weights()[n];
      int item = history.items()[n];
      for (int at = rows.starts()[item]; at < rows.starts()[item + 1]; at++) {
        scores[rows.indexes()[at]] += weight * rows.values()[at];
      }
    }
  }

  @Override
  public void addScores(History history, float scale, Accumulator scores) {
    for (int n = 0; n < history.size(); n++)
      scores.add(rows, history.items()[n], scale * history.weights()[n]);
  }

  @Override
  public float[] parts(History history, int item) {
    float[] parts = new float[history.size()];
    for (int n = 0; n < parts.length; n++)
      parts[n] = history.weights()[n] * weight(history.items()[n], item);
    return parts;
  }

  /** How much having {@code from} speaks for {@code to}; zero when they are no neighbours. */
  public float weight(int from, int to) {
    for (int at = rows.starts()[from]; at < rows.starts()[from + 1]; at++) {
      if (rows.indexes()[at] == to) return rows.values()[at];
    }
    return 0f;
  }

  /** The neighbours of an item, best first. */
  public Ranking neighbours(int item) {
    return rows.row(item);
  }

  /** Keeps the best {@code most} of what was added up, {@code item} itself aside. */
  public static Ranking best(Accumulator sums, int item, TopK top) {
    top.clear();
    for (int n = 0; n < sums.count(); n++) {
      int other = sums.index(n);
      if (other != item) top.offer(other, sums.sum(other));
    }
    return top.ranking();
  }
}
