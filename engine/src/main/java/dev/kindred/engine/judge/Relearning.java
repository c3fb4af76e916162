package dev.kindred.engine.judge;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.SparseRows.RowMaker;
import dev.kindred.engine.TopK;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.judge.Chooser.Share;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.session.Fading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Learns recipes from all that a workshop has, each once, also where it stands in a blend a second
 * time with its latest louder.
 */
final class Relearning {
  /** The half-life of what does not fade. */
  private static final double FOR_EVER = Double.POSITIVE_INFINITY;

  private final Workshop shop;
  private final Map<Recipe, Model> learned = new HashMap<>();
  private final Map<Recipe, Optional<Supplier<RowMaker>>> makers = new HashMap<>();

  Relearning(Workshop shop) {
    this.shop = shop;
  }

  Model model(Recipe recipe) {
    if (recipe instanceof Recipe.Recent(Recipe of, double halfLife)) {
      return new Fading(model(of), halfLife);
    }
    Model known = learned.get(recipe);
    if (known != null) return known;
    Model made = recipe.learn(shop);
    learned.put(recipe, made);
    return made;
  }

  /**
   * The weighted sum of recipes, side by side or, with a number of neighbours to keep, put together
   * as far as they are item-item models.
   */
  Blend blend(List<Share> shares, List<Float> weights, int neighbours) {
    if (neighbours > 0) return merged(shares, weights, neighbours);
    List<Blend.Part> parts = new ArrayList<>();
    for (int n = 0; n < shares.size(); n++) {
      parts.add(new Blend.Part(model(shares.get(n).recipe()), weights.get(n)));
    }
    return new Blend(parts);
  }

  /**
   * One item-item model for those that hear all of a history alike, and one for each half-life of
   * the others, which share the neighbours among them. A row is added up from rows that are made
   * for it and then forgotten, so no model is there as a whole but the sum.
   */
  private Blend merged(List<Share> shares, List<Float> weights, int neighbours) {
    List<Blend.Part> rest = new ArrayList<>();
    Map<Double, List<Voice>> byHalfLife = new TreeMap<>(Comparator.reverseOrder());
    for (int n = 0; n < shares.size(); n++) {
      Recipe recipe = shares.get(n).recipe();
      float weight = weights.get(n);
      Optional<Supplier<RowMaker>> rows = rows(bare(recipe));
      if (rows.isEmpty()) {
        rest.add(new Blend.Part(model(recipe), weight));
      } else {
        var voice = new Voice(rows.get(), weight);
        byHalfLife.computeIfAbsent(halfLife(recipe), _ -> new ArrayList<>()).add(voice);
      }
    }
    List<Blend.Part> parts = new ArrayList<>();
    byHalfLife.forEach((halfLife, voices) -> {
      Model one = sum(voices, Math.max(1, neighbours / byHalfLife.size()));
      parts.add(new Blend.Part(halfLife == FOR_EVER ? one : new Fading(one, halfLife), 1f));
    });
    parts.addAll(rest);
    return new Blend(parts);
  }

  private Optional<Supplier<RowMaker>> rows(Recipe recipe) {
    return makers.computeIfAbsent(recipe, it -> it.rows(shop));
  }

  private static Recipe bare(Recipe recipe) {
    return recipe instanceof Recipe.Recent(Recipe of, _) ? of : recipe;
  }

  private static double halfLife(Recipe recipe) {
    return recipe instanceof Recipe.Recent(_, double halfLife) ? halfLife : FOR_EVER;
  }

  /** How rows are made, and how much they count. */
  private record Voice(Supplier<RowMaker> rows, float weight) {}

  private record Heard(RowMaker rows, float weight) {}

  private ItemWeights sum(List<Voice> voices, int neighbours) {
    int items = shop.train().items();
    return new ItemWeights(
        SparseRows.collect(
            items,
            items,
            shop.workers(),
            () -> {
              var sums = new Accumulator(items);
              var top = new TopK(neighbours);
              List<Heard> heard =
                  voices.stream()
                      .map(voice -> new Heard(voice.rows().get(), voice.weight()))
                      .toList();
              return item -> {
                sums.clear();
                for (Heard one : heard) {
                  Ranking row = one.rows().row(item);
                  for (int n = 0; n < row.size(); n++) {
                    sums.add(row.items()[n], one.weight() * row.scores()[n]);
                  }
                }
                return ItemWeights.best(sums, item, top);
              };
            }));
  }
}
