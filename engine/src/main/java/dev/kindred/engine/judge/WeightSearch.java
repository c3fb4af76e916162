package dev.kindred.engine.judge;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import java.util.List;

/**
 * Finds the weights of a sum of models by what was held out.
 *
 * <p>Each judged user keeps the union of what the models would show, with every model's score for
 * it, brought to a common scale that is one for all users. On these short lists a trial costs
 * microseconds a user, so coordinate ascent on NDCG and recall, with steps that halve, can afford
 * hundreds. Nothing is drawn by chance.
 */
final class WeightSearch {
  private static final int SHOWN = 60;
  private static final double[] STEPS = {0.5, 0.25, 0.125};

  private final Judge judge;
  private final int k;
  private final int[] users;
  private final int[][] candidates;
  private final float[][][] features;
  private final float[] scales;

  WeightSearch(
      List<Model> models, Interactions train, int[] users, int k, Judge judge, Workers workers) {
    this.judge = judge;
    this.k = k;
    this.users = users;
    this.candidates = new int[users.length][];
    this.features = new float[users.length][][];
    float[][] heights = new float[users.length][models.size()];
    workers.each(
        users.length,
        (from, to) -> {
          var union = new Accumulator(train.items());
          for (int n = from; n < to; n++)
            gather(n, models, train.history(users[n]), union, heights[n]);
        });
    this.scales = scales(heights, models.size());
    for (float[][] rows : features) {
      for (int m = 0; m < rows.length; m++) {
        for (int c = 0; c < rows[m].length; c++) rows[m][c] *= scales[m];
      }
    }
  }

  /** What one unit of a model's weight is worth in its own scores. */
  float scale(int model) {
    return scales[model];
  }

  private void gather(
      int n, List<Model> models, History history, Accumulator union, float[] heights) {
    union.clear();
    float[][] scores = new float[models.size()][];
    for (int m = 0; m < scores.length; m++) {
      scores[m] = models.get(m).scores(history);
      for (int item : history.items()) scores[m][item] = Float.NEGATIVE_INFINITY;
      var top = new TopK(SHOWN);
      for (int item = 0; item < scores[m].length; item++) {
        if (scores[m][item] > Float.NEGATIVE_INFINITY) top.offer(item, scores[m][item]);
      }
      long[] best = top.packed();
      for (int r = 0; r < best.length; r++) {
        union.add(TopK.index(best[r]), 0f);
        if (r < k) heights[m] += Math.abs(TopK.score(best[r])) / k;
      }
    }
    union.sort();
    candidates[n] = new int[union.count()];
    features[n] = new float[scores.length][union.count()];
    for (int c = 0; c < union.count(); c++) {
      candidates[n][c] = union.index(c);
      for (int m = 0; m < scores.length; m++) features[n][m][c] = scores[m][union.index(c)];
    }
  }

  private static float[] scales(float[][] heights, int models) {
    float[] scales = new float[models];
    for (int m = 0; m < models; m++) {
      double sum = 0;
      for (float[] height : heights) sum += height[m];
      scales[m] = sum > 0 ? (float) (heights.length / sum) : 0f;
    }
    return scales;
  }

  /** Climbs from the given weights. */
  double[] climb(double[] start) {
    double[] best = start.clone();
    double value = worth(best);
    for (double step : STEPS) {
      boolean improved = true;
      for (int round = 0; improved && round < 4; round++) {
        improved = false;
        for (int m = 0; m < best.length; m++) {
          for (int sign = 1; sign >= -1; sign -= 2) {
            for (int stride = 0; stride < 8; stride++) {
              double[] next = best.clone();
              next[m] += sign * step;
              double reached = worth(next);
              if (reached <= value) break;
              best = next;
              value = reached;
              improved = true;
            }
          }
        }
      }
    }
    return best;
  }

  private double worth(double[] weights) {
    Quality quality = quality(weights);
    return quality.ndcg() + quality.recall();
  }

  Quality quality(double[] weights) {
    return judge.judge(users, n -> best(n, weights));
  }

  private int[] best(int n, double[] weights) {
    var top = new TopK(k);
    float[][] rows = features[n];
    for (int c = 0; c < candidates[n].length; c++) {
      float score = 0;
      for (int m = 0; m < weights.length; m++) score += (float) weights[m] * rows[m][c];
      top.offer(candidates[n][c], score);
    }
    return top.ranking().items();
  }
}
