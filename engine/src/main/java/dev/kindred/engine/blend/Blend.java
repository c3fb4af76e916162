package dev.kindred.engine.blend;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.session.Fading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A weighted sum of models. The weights hold each model's scale as well, one for all users, so the
 * sum stays linear in what the models give: parts add up as scores do, and item-item models
 * collapse into one.
 */
public record Blend(List<Part> all) implements Model {

  /** The half-life of what does not fade. */
  private static final double FOR_EVER = Double.POSITIVE_INFINITY;

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

  /**
   * The same with item-item models put together, whose rows keep the strongest {@code neighbours}:
   * one for those that hear all of a history alike, and one for each half-life of the others, which
   * share the neighbours among them.
   */
  public Blend merged(int neighbours, Workers workers) {
    List<Part> rest = new ArrayList<>();
    Map<Double, List<Rows>> byHalfLife = new TreeMap<>(Comparator.reverseOrder());
    for (Part part : all) {
      switch (part.model()) {
        case ItemWeights(var rows) -> add(byHalfLife, FOR_EVER, new Rows(rows, part.weight()));
        case Fading(ItemWeights(var rows), double halfLife) ->
            add(byHalfLife, halfLife, new Rows(rows, part.weight()));
        default -> rest.add(part);
      }
    }
    List<Part> merged = new ArrayList<>();
    byHalfLife.forEach((halfLife, parts) -> {
      Model one = merged(parts, Math.max(1, neighbours / byHalfLife.size()), workers);
      merged.add(new Part(halfLife == FOR_EVER ? one : new Fading(one, halfLife), 1f));
    });
    merged.addAll(rest);
    return new Blend(merged);
  }

  /** The rows of an item-item model, and how much they count. */
  private record Rows(SparseRows rows, float weight) {}

  private static void add(Map<Double, List<Rows>> byHalfLife, double halfLife, Rows rows) {
    byHalfLife.computeIfAbsent(halfLife, _ -> new ArrayList<>()).add(rows);
  }

  private ItemWeights merged(List<Rows> parts, int neighbours, Workers workers) {
    int items = items();
    return new ItemWeights(
        SparseRows.collect(
            items,
            items,
            workers,
            () -> {
              var sums = new Accumulator(items);
              var top = new TopK(neighbours);
              return item -> {
                sums.clear();
                for (Rows part : parts) sums.add(part.rows(), item, part.weight());
                return ItemWeights.best(sums, item, top);
              };
            }));
  }
}
