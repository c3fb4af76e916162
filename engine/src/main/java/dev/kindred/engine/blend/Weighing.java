package dev.kindred.engine.blend;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;

/**
 * What the weight of an interaction is taken to mean. The same reading holds for what is learned
 * from and for the history that asks.
 *
 * @param relevant the least weight that counts as liked
 */
public record Weighing(Reading reading, float relevant) {

  /** The choices there are. */
  public enum Reading {
    /** Weights as they are. */
    GIVEN,
    /** That something was done counts, however it was weighted. */
    EVEN,
    /** Only what was liked counts, and evenly. */
    LIKED
  }

  public float of(float weight) {
    return switch (reading) {
      case GIVEN -> weight;
      case EVEN -> Math.signum(weight);
      case LIKED -> weight >= relevant ? Math.min(1f, Math.max(0f, weight)) : 0f;
    };
  }

  public History of(History history) {
    float[] weights = history.weights().clone();
    for (int n = 0; n < weights.length; n++) weights[n] = of(weights[n]);
    return new History(history.items(), weights);
  }

  /** Weighed anew; what has no weight above zero is not learned from. */
  public Interactions of(Interactions interactions) {
    return interactions.reweighed(this::of);
  }

  /** The model for histories as they come. */
  public Model of(Model model) {
    return new Weighed(model, this);
  }

  /** A model that reads histories in its own way. */
  public record Weighed(Model model, Weighing weighing) implements Model {
    @Override
    public int items() {
      return model.items();
    }

    @Override
    public void addScores(History history, float scale, float[] scores) {
      model.addScores(weighing.of(history), scale, scores);
    }

    @Override
    public void addScores(History history, float scale, Accumulator sums) {
      model.addScores(weighing.of(history), scale, sums);
    }

    @Override
    public float[] parts(History history, int item) {
      return model.parts(weighing.of(history), item);
    }

    @Override
    public boolean hasBase() {
      return model.hasBase();
    }

    @Override
    public float base(int item) {
      return model.base(item);
    }
  }
}
