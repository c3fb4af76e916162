package dev.kindred.engine.judge;

import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Measures lists against what was held out.
 *
 * <p>{@code Recall = hits / held out}; {@code NDCG} is the sum of {@code 1 / log2(rank + 1)} over
 * hits, divided by the same sum for the first {@code min(k, held out)} ranks; hit rate is one if
 * there is a hit; reciprocal rank is that of the first hit. Averages run over the users with
 * something held out; a user without a list scores zero.
 */
public final class Judge {
  private final int k;
  private final SparseRows heldOut;
  private final Workers workers;

  public Judge(int k, SparseRows heldOut, Workers workers) {
    this.k = k;
    this.heldOut = heldOut;
    this.workers = workers;
  }

  /** The best {@code k} items for a history by a model, without those of the history. */
  public static int[] list(Model model, History history, int k) {
    return best(model.scores(history), history.items(), k).items();
  }

  /** The best {@code k} items to come next; those of the history may come again. */
  public static int[] next(Model model, History history, int k) {
    return best(model.scores(history), new int[0], k).items();
  }

  /** The best by score, without what was seen; writes over the scores of that. */
  static Ranking best(float[] scores, int[] seen, int k) {
    for (int item : seen) scores[item] = Float.NEGATIVE_INFINITY;
    var top = new TopK(k);
    for (int item = 0; item < scores.length; item++) {
      if (scores[item] > Float.NEGATIVE_INFINITY) top.offer(item, scores[item]);
    }
    return top.ranking();
  }

  /** Those who have something held out, at most {@code most}, spread evenly. */
  public int[] users(int most) {
    int[] with =
        IntStream.range(0, heldOut.rows()).filter(user -> heldOut.size(user) > 0).toArray();
    int count = Math.min(most, with.length);
    return IntStream.range(0, count)
        .map(n -> with[(int) ((long) n * with.length / count)])
        .toArray();
  }

  /** Judges the lists of some users; the {@code n}-th list is for the {@code n}-th user. */
  public Quality judge(int[] users, IntFunction<int[]> lists) {
    double[][] of = new double[users.length][];
    int[][] shown = new int[users.length][];
    workers.each(
        users.length,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            shown[n] = lists.apply(n);
            of[n] = measures(users[n], shown[n]);
          }
        });
    return Quality.of(k, of, shown);
  }

  /** Recall, NDCG, hit, reciprocal rank of one user's list. */
  public double[] measures(int user, int[] list) {
    int relevant = heldOut.size(user);
    int hits = 0;
    double gain = 0;
    double first = 0;
    for (int rank = 1; rank <= Math.min(k, list.length); rank++) {
      if (!isHeldOut(user, list[rank - 1])) continue;
      if (hits++ == 0) first = 1.0 / rank;
      gain += discount(rank);
    }
    return new double[] {(double) hits / relevant, gain / ideal(relevant), hits > 0 ? 1 : 0, first};
  }

  /** What a list gains that holds nothing but what is relevant, as long as there is any. */
  public double ideal(int relevant) {
    double ideal = 0;
    for (int rank = 1; rank <= Math.min(k, relevant); rank++) ideal += discount(rank);
    return ideal;
  }

  static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1);
  }

  boolean isHeldOut(int user, int item) {
    return Arrays.binarySearch(
            heldOut.indexes(), heldOut.starts()[user], heldOut.starts()[user + 1], item)
        >= 0;
  }
}
