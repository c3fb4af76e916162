package dev.kindred.engine.blend;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.neighbours.ItemWeights;
import java.util.ArrayList;
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
  public float base(int item) {
    float sum = 0;
    for (Part part : all) sum += part.weight() * part.model().base(item);
    return sum;
  }

  /**
   * The same with all item-item models as one, whose rows keep the strongest {@code neighbours}.
   */
  public Blend merged(int neighbours, Workers workers) {
    List<Part> rest = new ArrayList<>();
    List<SparseRows> rows = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    for (Part part : all) {
      if (part.model() instanceof ItemWeights itemWeights) {
        rows.add(itemWeights.rows());
        weights.add(part.weight());
      } else {
        rest.add(part);
      }
    }
    if (rows.isEmpty()) return this;
    int items = items();
    var merged =
        SparseRows.collect(
            items,
            items,
            workers,
            () -> {
              var sums = new Accumulator(items);
              var top = new TopK(neighbours);
              return item -> {
                sums.clear();
                for (int n = 0; n < rows.size(); n++) sums.add(rows.get(n), item, weights.get(n));
                return ItemWeights.best(sums, item, top);
              };
            });
    rest.addFirst(new Part(new ItemWeights(merged), 1f));
    return new Blend(rest);
  }
}
