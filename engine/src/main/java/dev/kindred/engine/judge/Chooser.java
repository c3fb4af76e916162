package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.judge.Recipe.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses what to serve: holds out a part, tunes each family on it, finds the weights of their sum,
 * and learns the chosen ones again from everything.
 *
 * <p>A family is tuned by taking the first better neighbour of its settings, with steps that halve,
 * for a bounded number of trials. Everything follows from the interactions, the options and the
 * seed; what was tried is kept with its figures, the losers too.
 */
public final class Chooser {
  private final Interactions all;
  private final Options options;
  private final Workers workers;

  /**
   * What is asked of the choice.
   *
   * @param k how long a list is judged
   * @param share how much of each user's history is held out
   * @param relevant the least weight that counts as liked
   * @param users how many users are judged at most
   * @param trials how many settings of a family are tried at most
   */
  public record Options(int k, double share, float relevant, int users, int trials, long seed) {
    public static final Options USUAL = new Options(20, 0.2, 0f, 3000, 8, 1);

    public Options withK(int k) {
      return new Options(k, share, relevant, users, trials, seed);
    }

    public Options withRelevant(float relevant) {
      return new Options(k, share, relevant, users, trials, seed);
    }
  }

  /** One setting of one family, and how it did. */
  public record Trial(Recipe recipe, Quality quality) {}

  /** A family's place in the blend. */
  public record Share(Recipe recipe, double weight) {}

  /** What was chosen, how it did on the held-out part, and all that was tried. */
  public record Choice(Model model, List<Share> shares, Quality quality, List<Trial> trials) {}

  private Chooser(Interactions all, Options options, Workers workers) {
    this.all = all;
    this.options = options;
    this.workers = workers;
  }

  /** Tunes and blends the given families. */
  public static Choice choose(
      Interactions all, List<Recipe> families, Options options, Workers workers) {
    return new Chooser(all, options, workers).choose(families);
  }

  /** The families worth trying on data of this size. */
  public static List<Recipe> families(Interactions all) {
    return Stream.of(Family.POPULAR, Family.WALK, Family.FILTER, Family.RIDGE, Family.USERS)
        .map(family -> Recipe.usual(family, all))
        .toList();
  }

  private Choice choose(List<Recipe> families) {
    var holdout = Holdout.of(all, options.share(), options.relevant(), options.seed());
    var judge = new Judge(options.k(), holdout.heldOut(), workers);
    int[] users = judge.users(options.users());
    List<Trial> trials = new ArrayList<>();
    List<Recipe> tuned = new ArrayList<>();
    List<Model> models = new ArrayList<>();
    for (Recipe family : families) {
      var best = tune(family, holdout.train(), judge, users, trials);
      tuned.add(best.recipe());
      models.add(best.model());
    }
    var search = new WeightSearch(models, holdout.train(), users, options.k(), judge, workers);
    double[] weights = search.climb(best(search, models.size()));
    return refit(tuned, weights, search, trials);
  }

  private record Tuned(Recipe recipe, Model model, double worth) {}

  private Tuned tune(
      Recipe start, Interactions train, Judge judge, int[] users, List<Trial> trials) {
    Tuned best = attempt(start, train, judge, users, trials);
    int left = options.trials() - 1;
    for (float step = 0.2f; left > 0 && step >= 0.05f; step /= 2) {
      boolean improved = true;
      while (improved && left > 0) {
        improved = false;
        for (Recipe next : best.recipe().around(step)) {
          if (left-- <= 0) break;
          Tuned tried = attempt(next, train, judge, users, trials);
          if (tried.worth() <= best.worth()) continue;
          best = tried;
          improved = true;
          break;
        }
      }
    }
    return best;
  }

  private Tuned attempt(
      Recipe recipe, Interactions train, Judge judge, int[] users, List<Trial> trials) {
    Model model = recipe.learn(train, options.seed(), workers);
    Quality quality =
        judge.judge(users, n -> Judge.list(model, train.history(users[n]), options.k()));
    trials.add(new Trial(recipe, quality));
    return new Tuned(recipe, model, quality.ndcg() + quality.recall());
  }

  /** All weight on the best single model: where the climb begins. */
  private static double[] best(WeightSearch search, int models) {
    double[] best = new double[models];
    double worth = -1;
    for (int m = 0; m < models; m++) {
      double[] single = new double[models];
      single[m] = 1;
      Quality quality = search.quality(single);
      if (quality.ndcg() + quality.recall() > worth) {
        worth = quality.ndcg() + quality.recall();
        best = single;
      }
    }
    return best;
  }

  private Choice refit(
      List<Recipe> tuned, double[] weights, WeightSearch search, List<Trial> trials) {
    List<Blend.Part> parts = new ArrayList<>();
    List<Share> shares = new ArrayList<>();
    for (int m = 0; m < weights.length; m++) {
      if (weights[m] == 0) continue;
      shares.add(new Share(tuned.get(m), weights[m]));
      Model model = tuned.get(m).learn(all, options.seed(), workers);
      parts.add(new Blend.Part(model, (float) weights[m] * search.scale(m)));
    }
    return new Choice(new Blend(parts), shares, search.quality(weights), trials);
  }
}
