package dev.kindred.engine.judge;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Model;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the weights of a sum of models by what was held out.
 *
 * <p>Each judged user keeps the union of what the models would show, with every model's score for
 * it, brought to a common scale that is one for all users. On these short lists a trial costs
 * microseconds a user, so coordinate ascent with steps that halve can afford hundreds. Nothing is
 * drawn by chance.
 */
final class WeightSearch {
  private static final int SHOWN = 60;
  private static final double[] STEPS = {0.5, 0.25, 0.125};

  /** A smaller gain is more likely luck. */
  private static final double GAIN_MIN = 5e-4;

  private static final int FOLDS = 5;
  private static final int ROUNDS_MAX = 4;
  private static final int STRIDES_MAX = 8;

  private final int k;
  private final int models;
  private final Workers workers;
  private final List<Case> cases = new ArrayList<>();
  private final float[] scales;

  /** One user: the items in question, and for each model their scores. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Case(Round round, int n, int[] items, float[][] scores, float[] heights) {}

  /** Takes the models that were learned in each round, in the same order. */
  WeightSearch(List<Round> rounds, List<List<Model>> learned, int k, Workers workers) {
    this.k = k;
    this.models = learned.getFirst().size();
    this.workers = workers;
    for (int r = 0; r < rounds.size(); r++) gather(rounds.get(r), learned.get(r));
    this.scales = scales();
    for (Case one : cases) {
      for (int m = 0; m < models; m++) {
        for (int c = 0; c < one.items().length; c++) one.scores()[m][c] *= scales[m];
      }
    }
  }

  /** What one unit of a model's weight is worth in its own scores. */
  float scale(int model) {
    return scales[model];
  }

  private void gather(Round round, List<Model> learned) {
    Case[] made = new Case[round.size()];
    List<Lister.Base> bases = learned.stream().map(Lister.Base::of).toList();
    workers.each(
        made.length,
        Lister.AT_ONCE,
        (from, to) -> {
          var union = new Accumulator(round.shop().train().items());
          var listers = new ArrayList<Lister>();
          for (int m = 0; m < models; m++) listers.add(new Lister(learned.get(m), bases.get(m)));
          for (int n = from; n < to; n++) made[n] = gather(round, n, listers, union);
        });
    cases.addAll(List.of(made));
  }

  private Case gather(Round round, int n, List<Lister> listers, Accumulator union) {
    union.clear();
    float[] heights = new float[models];
    for (int m = 0; m < models; m++) {
      var best = round.best(listers.get(m), n, Math.max(k, SHOWN));
      for (int rank = 0; rank < best.size(); rank++) {
        union.add(best.items()[rank], 0f);
        if (rank < k) heights[m] += Math.abs(best.scores()[rank]) / k;
      }
    }
    union.sort();
    int[] items = new int[union.count()];
    float[][] kept = new float[models][items.length];
    for (int c = 0; c < items.length; c++) {
      items[c] = union.index(c);
      for (int m = 0; m < models; m++) kept[m][c] = listers.get(m).score(items[c]);
    }
    return new Case(round, n, items, kept, heights);
  }

  private float[] scales() {
    float[] result = new float[models];
    for (int m = 0; m < models; m++) {
      double sum = 0;
      for (Case one : cases) sum += one.heights()[m];
      result[m] = sum > 0 ? (float) (cases.size() / sum) : 0f;
    }
    return result;
  }

  /** The mean of climbs that each leave out a part of the cases, so that no few users decide. */
  double[] climb() {
    double[] mean = new double[models];
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Case> part = new ArrayList<>();
      for (int n = 0; n < cases.size(); n++) if (n % FOLDS != fold) part.add(cases.get(n));
      double[] found = climb(part);
      for (int m = 0; m < models; m++) mean[m] += found[m] / FOLDS;
    }
    return mean;
  }

  /** From the best single model, one weight after another, as long as a step is worth it. */
  private double[] climb(List<Case> part) {
    double[] best = single(part);
    double value = quality(best, part).worth();
    for (double step : STEPS) {
      boolean improved = true;
      for (int round = 0; improved && round < ROUNDS_MAX; round++) {
        improved = false;
        for (int m = 0; m < models; m++) {
          for (double stride : new double[] {step, -step}) {
            for (int n = 0; n < STRIDES_MAX; n++) {
              double[] next = best.clone();
              next[m] += stride;
              double reached = quality(next, part).worth();
              if (reached <= value * (1 + GAIN_MIN)) break;
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

  private double[] single(List<Case> part) {
    double[] best = new double[models];
    double worth = -1;
    for (int m = 0; m < models; m++) {
      double[] alone = new double[models];
      alone[m] = 1;
      double reached = quality(alone, part).worth();
      if (reached <= worth) continue;
      worth = reached;
      best = alone;
    }
    return best;
  }

  Quality quality(double[] weights) {
    return quality(weights, cases);
  }

  private Quality quality(double[] weights, List<Case> part) {
    double[][] measures = new double[part.size()][];
    int[][] lists = new int[part.size()][];
    workers.each(
        lists.length,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            Case one = part.get(n);
            lists[n] = best(one, weights);
            measures[n] = one.round().measures(one.n(), lists[n]);
          }
        });
    return Quality.of(k, measures, lists);
  }

  private int[] best(Case one, double[] weights) {
    float[] sums = new float[one.items().length];
    for (int m = 0; m < models; m++) {
      float weight = (float) weights[m];
      if (weight == 0) continue;
      for (int c = 0; c < sums.length; c++) sums[c] += weight * one.scores()[m][c];
    }
    var top = new TopK(k);
    for (int c = 0; c < sums.length; c++) top.offer(one.items()[c], sums[c]);
    return top.ranking().items();
  }
}
