package dev.kindred.engine.session;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;

/**
 * A model that hears the latest entries of a history louder: each counts half of one {@code
 * halfLife} places later.
 */
public record Fading(Model model, double halfLife) implements Model {

  @Override
  public int items() {
    return model.items();
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    model.addScores(history.fading(halfLife), scale, scores);
  }

  @Override
  public void addScores(History history, float scale, Accumulator sums) {
    model.addScores(history.fading(halfLife), scale, sums);
  }

  @Override
  public float[] parts(History history, int item) {
    return model.parts(history.fading(halfLife), item);
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
