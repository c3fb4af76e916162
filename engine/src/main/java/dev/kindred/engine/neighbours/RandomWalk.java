package dev.kindred.engine.neighbours;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.SparseRows.RowMaker;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.math.Powers;
import java.util.function.Supplier;

/**
 * Three steps on the graph of users and items: from an item to its users, on to their items, and
 * back against popularity. {@code w(i → j) = Σ_u r(u,i) · r(u,j) / (d_i^own · d_u^user ·
 * d_j^target)}, where {@code d} is the sum of weights of an item or a user.
 *
 * <p>With exponents 1, 1, β this is RP3beta; with ½, 1, ½ the linear filter of the graph methods.
 * Costs the sum over users of their squared history, in operations, and nothing but the result in
 * memory. Paudel, Christoffel, Newell, Bernstein 2017: Updatable, accurate, diverse, and scalable
 * recommendations.
 */
public final class RandomWalk {
  private RandomWalk() {}

  /**
   * How the steps are weighted.
   *
   * @param own how much an item that many have says less
   * @param user how much a user who has much says less
   * @param target how much an item that many have is held back
   */
  public record Exponents(float own, float user, float target) {}

  public static ItemWeights learn(
      Interactions interactions, Exponents exponents, int neighbours, Workers workers) {
    int items = interactions.items();
    return new ItemWeights(
        SparseRows.collect(items, items, workers, rows(interactions, exponents, neighbours)));
  }

  /** Makes the rows of the model, each on its own. */
  public static Supplier<RowMaker> rows(
      Interactions interactions, Exponents exponents, int neighbours) {
    SparseRows byItem = interactions.byItem();
    float[] ofItems = byItem.sums();
    float[] ofUsers = interactions.byUser().sums();
    SparseRows away =
        byItem
            .timesRows(Powers.of(ofItems, -exponents.own()))
            .timesColumns(Powers.of(ofUsers, -exponents.user()));
    SparseRows back = interactions.byUser().timesColumns(Powers.of(ofItems, -exponents.target()));
    return () -> {
      var sums = new Accumulator(byItem.rows());
      var top = new TopK(neighbours);
      return item -> {
        sums.clear();
        for (int n = away.starts()[item]; n < away.starts()[item + 1]; n++) {
          sums.add(back, away.indexes()[n], away.values()[n]);
        }
        return ItemWeights.best(sums, item, top);
      };
    };
  }
}
