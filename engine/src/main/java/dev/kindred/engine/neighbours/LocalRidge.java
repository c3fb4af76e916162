package dev.kindred.engine.neighbours;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.math.Cholesky;
import dev.kindred.engine.math.Powers;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Predicts each item from the items nearest to it by ridge regression: what EASE does for the whole
 * catalogue at once, with one small system for each item.
 *
 * <p>With {@code N = D_u^-a R D_i^-b} and its Gram matrix G, the weights that lead to item j from
 * its candidates C are {@code (G_CC + λI)⁻¹ G_Cj}. Unlike likeness they know what the candidates
 * have in common, so ten items that say the same thing count once. When C is the whole catalogue
 * this is EASE with a weight of zero on the item itself. Costs {@code |C|³/3} operations an item,
 * and the Gram matrix cut to its greatest entries. Steck 2019: Embarrassingly shallow autoencoders;
 * Ning, Karypis 2011: SLIM.
 */
public final class LocalRidge {
  private LocalRidge() {}

  /**
   * How the matrix is normalised, and how strong the regularisation is.
   *
   * @param user the exponent a of users' degrees
   * @param item the exponent b of items' degrees
   * @param target the exponent of an item's degree in its score
   * @param lambda the ridge, in units of the mean of G's diagonal
   * @param kept how many entries of the Gram matrix an item keeps, eight bytes each: not fewer than
   *     candidates
   */
  public record Settings(
      float user, float item, float target, float lambda, int candidates, int kept) {}

  public static ItemWeights learn(Interactions interactions, Settings settings, Workers workers) {
    return learn(interactions, settings, _ -> true, workers);
  }

  /** The same with the rows that are wanted; all others are empty. */
  public static ItemWeights learn(
      Interactions interactions, Settings settings, IntPredicate wanted, Workers workers) {
    // What it takes on the way is gone before the rows are turned.
    return ItemWeights.ofTargets(byTarget(interactions, settings, wanted, workers));
  }

  private static SparseRows byTarget(
      Interactions interactions, Settings settings, IntPredicate wanted, Workers workers) {
    float[] ofItems = interactions.byItem().sums();
    float[] byItem = Powers.of(ofItems, -settings.item());
    float[] byTarget = Powers.of(ofItems, settings.target());
    SparseRows normal =
        interactions
            .byUser()
            .timesRows(Powers.of(interactions.byUser().sums(), -settings.user()))
            .timesColumns(byItem);
    SparseRows turned = normal.transposed();
    float[] diagonal = turned.withValues(Powers.of(turned.values(), 2)).sums();
    SparseRows gram = gram(normal, turned, diagonal, settings.kept(), workers);
    float lambda = settings.lambda() * mean(diagonal);
    int items = interactions.items();
    return SparseRows.collect(
        items,
        items,
        workers,
        () -> {
          var solver = new Solver(gram, diagonal, lambda, settings.candidates());
          return target -> {
            Ranking row = solver.row(target);
            for (int n = 0; n < row.size(); n++) {
              row.scores()[n] = row.scores()[n] * byTarget[target] * byItem[row.items()[n]];
            }
            return only(row, wanted);
          };
        });
  }

  private static Ranking only(Ranking row, IntPredicate wanted) {
    int[] items = new int[row.size()];
    float[] scores = new float[row.size()];
    int kept = 0;
    for (int n = 0; n < items.length; n++) {
      if (!wanted.test(row.items()[n])) continue;
      items[kept] = row.items()[n];
      scores[kept++] = row.scores()[n];
    }
    if (kept == items.length) return row;
    return new Ranking(Arrays.copyOf(items, kept), Arrays.copyOf(scores, kept));
  }

  /**
   * Off the diagonal, for each item its greatest entries in units of the cosine, greatest first.
   */
  private static SparseRows gram(
      SparseRows normal, SparseRows turned, float[] diagonal, int most, Workers workers) {
    float[] scale = Powers.of(diagonal, -0.5);
    int items = turned.rows();
    return SparseRows.collect(
        items,
        items,
        workers,
        () -> {
          var sums = new Accumulator(items);
          var top = new TopK(most);
          return item -> {
            sums.clear();
            top.clear();
            for (int n = turned.starts()[item]; n < turned.starts()[item + 1]; n++) {
              sums.add(normal, turned.indexes()[n], turned.values()[n]);
            }
            for (int n = 0; n < sums.count(); n++) {
              int other = sums.index(n);
              if (other != item) top.offer(other, sums.sum(other) * scale[other]);
            }
            Ranking best = top.ranking();
            for (int n = 0; n < best.size(); n++) best.scores()[n] = sums.sum(best.items()[n]);
            return best;
          };
        });
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) sum += value;
    return values.length == 0 ? 0f : (float) (sum / values.length);
  }

  /** One target after another, with the scratch memory of one thread. */
  private static final class Solver {
    private final SparseRows gram;
    private final float[] diagonal;
    private final float lambda;
    private final int most;
    private final int[] place;
    private final float[] system;

    Solver(SparseRows gram, float[] diagonal, float lambda, int candidates) {
      this.gram = gram;
      this.diagonal = diagonal;
      this.lambda = lambda;
      this.most = candidates;
      this.place = new int[diagonal.length];
      this.system = new float[candidates * candidates];
      Arrays.fill(place, -1);
    }

    Ranking row(int target) {
      int first = gram.starts()[target];
      int n = Math.min(most, gram.size(target));
      int[] candidates = Arrays.copyOfRange(gram.indexes(), first, first + n);
      float[] weights = Arrays.copyOfRange(gram.values(), first, first + n);
      for (int k = 0; k < n; k++) place[candidates[k]] = k;
      Arrays.fill(system, 0, n * n, 0f);
      for (int k = 0; k < n; k++) {
        int candidate = candidates[k];
        for (int at = gram.starts()[candidate]; at < gram.starts()[candidate + 1]; at++) {
          int column = place[gram.indexes()[at]];
          if (column >= 0) put(n, k, column, gram.values()[at]);
        }
        system[k * n + k] = diagonal[candidate] + lambda;
      }
      for (int candidate : candidates) place[candidate] = -1;
      Cholesky.factor(system, n, 1e-4f * lambda);
      Cholesky.solve(system, n, weights);
      return new Ranking(candidates, weights);
    }

    /** Either row may have cut the entry, so each writes it on both sides. */
    private void put(int n, int row, int column, float value) {
      system[Math.max(row, column) * n + Math.min(row, column)] = value;
    }
  }
}
