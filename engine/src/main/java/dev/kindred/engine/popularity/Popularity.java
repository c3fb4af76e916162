package dev.kindred.engine.popularity;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;

/**
 * The same for everybody: the weight of all interactions with an item, each halved with every
 * half-life of its age. One pass over the interactions; the least any other family has to beat.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Popularity(float[] weights) implements Model {

  /** Without decay. */
  public static Popularity learn(Interactions interactions) {
    return new Popularity(interactions.byItem().sums());
  }

  /** Seen from {@code now}, in the unit of the interactions' instants. */
  public static Popularity learn(Interactions interactions, long now, double halfLife) {
    SparseRows byUser = interactions.byUser();
    float[] weights = new float[interactions.items()];
    for (int n = 0; n < byUser.size(); n++) {
      double age = Math.max(0, now - interactions.instant(n));
      weights[byUser.indexes()[n]] +=
          (float) (byUser.values()[n] * Math.exp(-Math.log(2) * age / halfLife));
    }
    return new Popularity(weights);
  }

  @Override
  public int items() {
    return weights.length;
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    for (int item = 0; item < scores.length; item++) scores[item] += scale * weights[item];
  }

  /** All of it is base. */
  @Override
  public void addScores(History history, float scale, Accumulator sums) {}

  @Override
  public float[] parts(History history, int item) {
    return new float[history.size()];
  }

  @Override
  public boolean hasBase() {
    return true;
  }

  @Override
  public float base(int item) {
    return weights[item];
  }
}
