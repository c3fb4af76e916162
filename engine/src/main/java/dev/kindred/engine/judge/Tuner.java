package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.judge.Chooser.Options;
import dev.kindred.engine.judge.Chooser.Trial;
import dev.kindred.engine.judge.Chooser.Witness;
import dev.kindred.engine.session.Fading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tunes a family: moves one setting after another while that helps, with steps that halve, for as
 * many trials as its cost allows. Keeps the figures of each trial and the model of the best: two
 * models are there at once.
 */
final class Tuner {
  private static final float[] STEPS = {0.2f, 0.1f, 0.05f};
  private static final double[] HALF_LIVES = {100, 30, 10, 4, 1.5};

  private final Interactions all;
  private final Options options;
  private final Workers workers;
  private final Witness witness;
  private final List<Trial> trials = new ArrayList<>();

  Tuner(Interactions all, Options options, Workers workers, Witness witness) {
    this.all = all;
    this.options = options;
    this.workers = workers;
    this.witness = witness;
  }

  /** All that was tried. */
  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** A recipe and what it learned in each round. */
  record Tuned(Recipe recipe, List<Model> models, double worth) {}

  Tuned tune(Recipe start, List<Round> rounds, Weighing weighing) {
    Tuned best = attempt(start, rounds, weighing);
    Set<Recipe> tried = new HashSet<>(Set.of(start));
    double cost = rounds.size() * start.cost(all);
    int left = (int) Math.clamp(options.effort() / cost, 1, options.trials()) - 1;
    for (float step : STEPS) {
      int moves = start.around(step).size();
      for (int move = 0; move < moves; ) {
        Recipe next = best.recipe().around(step).get(move);
        if (tried.add(next)) {
          if (left-- <= 0) return best;
          Tuned neighbour = attempt(next, rounds, weighing);
          if (neighbour.worth() > best.worth()) {
            best = neighbour;
            continue;
          }
        }
        move++;
      }
    }
    return best;
  }

  /** The same models with the history's latest entries louder: the best half-life, if it helps. */
  List<Tuned> fading(Tuned base, List<Round> rounds, Weighing weighing) {
    List<Tuned> better = List.of();
    double worth = base.worth();
    for (double halfLife : HALF_LIVES) {
      var models = base.models().stream().<Model>map(model -> new Fading(model, halfLife)).toList();
      Tuned tried = judged(new Recipe.Recent(base.recipe(), halfLife), models, rounds, weighing);
      if (tried.worth() <= worth) continue;
      worth = tried.worth();
      better = List.of(tried);
    }
    return better;
  }

  Tuned attempt(Recipe recipe, List<Round> rounds, Weighing weighing) {
    return judged(
        recipe,
        rounds.stream().map(round -> recipe.learn(round.shop())).toList(),
        rounds,
        weighing);
  }

  private Tuned judged(Recipe recipe, List<Model> models, List<Round> rounds, Weighing weighing) {
    List<double[]> measures = new ArrayList<>();
    List<int[]> lists = new ArrayList<>();
    for (int r = 0; r < rounds.size(); r++) {
      Round round = rounds.get(r);
      Model model = models.get(r);
      double[][] of = new double[round.size()][];
      int[][] shown = new int[round.size()][];
      var base = Lister.Base.of(model);
      workers.each(
          of.length,
          Lister.AT_ONCE,
          (from, to) -> {
            var lister = new Lister(model, base);
            for (int n = from; n < to; n++) {
              shown[n] = round.best(lister, n, options.k()).items();
              of[n] = round.measures(n, shown[n]);
            }
          });
      measures.addAll(List.of(of));
      lists.addAll(List.of(shown));
    }
    var quality =
        Quality.of(options.k(), measures.toArray(new double[0][]), lists.toArray(new int[0][]));
    var trial = new Trial(recipe, weighing, quality);
    trials.add(trial);
    witness.tried(trial);
    return new Tuned(recipe, models, quality.worth());
  }
}
