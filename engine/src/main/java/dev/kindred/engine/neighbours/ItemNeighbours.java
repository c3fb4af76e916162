package dev.kindred.engine.neighbours;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.math.Powers;

/**
 * Items are alike when the same users have them. Each item keeps the neighbours it is most like; a
 * neighbour in the history speaks for it.
 *
 * <p>Shrinkage discounts likeness that rests on few common users. Normalisation divides an item's
 * weights by a power of their sum, so that items with many good neighbours do not win by their
 * number. Costs the sum over users of their squared history. Sarwar, Karypis, Konstan, Riedl 2001;
 * Deshpande, Karypis 2004.
 */
public final class ItemNeighbours {
  private ItemNeighbours() {}

  /** How alike two items are, given what they have in common and what each has alone. */
  public enum Likeness {
    /** The angle between the items' columns of weights. */
    COSINE,
    /** Common users among the users of either. */
    JACCARD,
    /**
     * How likely the target is, given the other, against how likely it is anyway: "bought
     * together".
     */
    LIFT
  }

  /**
   * What likeness means, and how far it is trusted.
   *
   * @param shrinkage how many common users halve the discount
   * @param normalisation the exponent of the sum of an item's weights; zero leaves them alone
   */
  public record Settings(Likeness likeness, float shrinkage, float normalisation, int neighbours) {}

  public static ItemWeights learn(Interactions interactions, Settings settings, Workers workers) {
    SparseRows byItem = interactions.byItem();
    SparseRows byUser = interactions.byUser();
    boolean isWeighted = settings.likeness() == Likeness.COSINE;
    SparseRows away = isWeighted ? byItem : ones(byItem);
    SparseRows back = isWeighted ? byUser : ones(byUser);
    SparseRows count = ones(byUser);
    float[] alone = squares(away);
    int items = byItem.rows();
    SparseRows byTarget =
        SparseRows.collect(
            items,
            items,
            workers,
            () -> {
              var common = new Accumulator(items);
              var users = new Accumulator(items);
              var top = new TopK(settings.neighbours());
              return target -> {
                common.clear();
                users.clear();
                for (int n = away.starts()[target]; n < away.starts()[target + 1]; n++) {
                  common.add(back, away.indexes()[n], away.values()[n]);
                  users.add(count, away.indexes()[n], 1f);
                }
                top.clear();
                for (int n = 0; n < common.count(); n++) {
                  int other = common.index(n);
                  if (other == target) continue;
                  float like =
                      likeness(
                          settings.likeness(),
                          common.sum(other),
                          alone[target],
                          alone[other],
                          interactions.users());
                  float both = users.sum(other);
                  top.offer(other, like * both / (both + settings.shrinkage()));
                }
                return normalised(top.ranking(), settings.normalisation());
              };
            });
    return ItemWeights.ofTargets(byTarget);
  }

  private static float likeness(Likeness kind, float common, float target, float other, int users) {
    return switch (kind) {
      case COSINE -> common / (float) Math.sqrt(target * other);
      case JACCARD -> common / (target + other - common);
      case LIFT -> common / other * (float) Math.sqrt(users / target);
    };
  }

  private static Ranking normalised(Ranking row, float exponent) {
    if (exponent == 0 || row.size() == 0) return row;
    float sum = 0;
    for (float score : row.scores()) sum += Math.abs(score);
    float factor = (float) Math.pow(sum, -exponent);
    for (int n = 0; n < row.size(); n++) row.scores()[n] *= factor;
    return row;
  }

  private static SparseRows ones(SparseRows matrix) {
    return matrix.withValues(Powers.of(matrix.values(), 0));
  }

  private static float[] squares(SparseRows matrix) {
    return matrix.withValues(Powers.of(matrix.values(), 2)).sums();
  }
}
