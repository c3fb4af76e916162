package dev.kindred.engine.blend;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import java.util.List;

/**
 * A weighted sum of models. The weights hold each model's scale as well, one for all users, so the
 * sum stays linear in what the models give: parts add up as scores do, and item-item models
 * collapse into one.
 */
public record Blend(List<Part> all) implements Model {

  /** A model and how much it counts. */
  public record Part(Model model, float weight) {}

  public Blend {
    all = List.copyOf(all);
  }

  @Override
  public int items() {
    return all.isEmpty() ? 0 : all.getFirst().model().items();
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    for (Part part : all) part.model().addScores(history, scale * part.weight(), scores);
  }

  @Override
  public void addScores(History history, float scale, Accumulator sums) {
    for (Part part : all) part.model().addScores(history, scale * part.weight(), sums);
  }

  @Override
  public float[] parts(History history, int item) {
    float[] sum = new float[history.size()];
    for (Part part : all) {
      float[] parts = part.model().parts(history, item);
      for (int n = 0; n < sum.length; n++) sum[n] += part.weight() * parts[n];
    }
    return sum;
  }

  @Override
  public boolean hasBase() {
    return all.stream().anyMatch(part -> part.model().hasBase());
  }

  @Override
  public float base(int item) {
    float sum = 0;
    for (Part part : all) sum += part.weight() * part.model().base(item);
    return sum;
  }
}
