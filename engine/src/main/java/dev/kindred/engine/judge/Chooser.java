package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.blend.Weighing.Reading;
import dev.kindred.engine.judge.Recipe.Family;
import dev.kindred.engine.session.Fading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Chooses what to serve: holds out a part, tunes each family on it, finds the weights of their sum,
 * and learns the chosen ones again from everything.
 *
 * <p>A family is tuned by moving one setting after another while that helps, with steps that halve,
 * for as many trials as its cost allows. Where few users can be judged, a second part is held out
 * before the first, and what is tried must do well on both. Everything follows from the
 * interactions, the options and the seed, never from the clock; what was tried is kept with its
 * figures, the losers too.
 */
public final class Chooser {
  /** Below so many judged users a second round steadies the choice. */
  private static final int FEW = 2500;

  private static final float[] STEPS = {0.2f, 0.1f, 0.05f};
  private static final double[] HALF_LIVES = {100, 30, 10, 4, 1.5};

  private final Interactions all;
  private final Function<Weighing, List<Round>> rounds;
  private final Function<Weighing, Workshop> whole;
  private final Options options;
  private final Workers workers;
  private final Consumer<Trial> progress;
  private final List<Trial> trials = new ArrayList<>();

  /**
   * What is asked of the choice.
   *
   * @param k how long a list is judged
   * @param share how much of each user's history is held out
   * @param relevant the least weight that counts as liked
   * @param users how many users are judged at most
   * @param trials how many settings of a family are tried at most
   * @param effort nanoseconds of one core that one family's trials may take, by a rough estimate
   */
  public record Options(
      int k, double share, float relevant, int users, int trials, double effort, long seed) {
    public static final Options USUAL = new Options(20, 0.2, 0f, 3000, 14, 60e9, 1);

    public Options withK(int other) {
      return new Options(other, share, relevant, users, trials, effort, seed);
    }

    public Options withRelevant(float other) {
      return new Options(k, share, other, users, trials, effort, seed);
    }

    public Options withEffort(double other) {
      return new Options(k, share, relevant, users, trials, other, seed);
    }
  }

  /** One setting of one family, and how it did. */
  public record Trial(Recipe recipe, Weighing weighing, Quality quality) {}

  /** A recipe's place in the blend. */
  public record Share(Recipe recipe, double weight) {}

  /**
   * What was chosen, how it did on what was held out, and all that was tried.
   *
   * @param blend takes histories that are weighed
   * @param ground what it was judged on
   */
  public record Choice(
      Blend blend,
      Weighing weighing,
      List<Share> shares,
      Quality quality,
      List<Trial> trials,
      Ground ground) {

    /** Takes histories as they come. */
    public Model model() {
      return weighing.of(blend);
    }
  }

  /** A choice that was made before: what stands in use. */
  public record Incumbent(List<Share> shares, Weighing weighing) {
    public static Incumbent of(Choice choice) {
      return new Incumbent(choice.shares(), choice.weighing());
    }
  }

  private Chooser(
      Interactions all,
      Function<Weighing, List<Round>> rounds,
      Function<Weighing, Workshop> whole,
      Options options,
      Workers workers,
      Consumer<Trial> progress) {
    this.all = all;
    this.rounds = rounds;
    this.whole = whole;
    this.options = options;
    this.workers = workers;
    this.progress = progress;
  }

  /** Tunes and blends the given families for users; each trial is told as it is done. */
  public static Choice choose(
      Interactions all,
      List<Family> families,
      Options options,
      Workers workers,
      Consumer<Trial> progress) {
    return new Chooser(
            all,
            weighing -> rounds(all, weighing, options, workers),
            weighing -> new Workshop(weighing.of(all), options.seed(), workers),
            options,
            workers,
            progress)
        .choose(families);
  }

  /**
   * The same, against what is in use: learned from the same part and judged on the same held-out
   * part, the incumbent stays chosen unless the new blend does better.
   */
  public static Choice choose(
      Interactions all,
      List<Family> families,
      Incumbent incumbent,
      Options options,
      Workers workers,
      Consumer<Trial> progress) {
    Choice fresh = choose(all, families, options, workers, progress);
    var chooser =
        new Chooser(
            all,
            weighing -> rounds(all, weighing, options, workers),
            weighing -> new Workshop(weighing.of(all), options.seed(), workers),
            options,
            workers,
            progress);
    return chooser.better(incumbent, fresh);
  }

  /**
   * Tunes and blends the given families for what comes next in a session; the rows hold one session
   * each, oldest item first, the latest session last.
   */
  public static Choice chooseNext(
      SparseRows sessions,
      List<Family> families,
      Options options,
      Workers workers,
      Consumer<Trial> progress) {
    var whole = Workshop.ofSessions(sessions, options.seed(), workers);
    var round = Round.ofSessions(sessions, options, workers);
    return new Chooser(
            whole.train(), any -> List.of(round), any -> whole, options, workers, progress)
        .choose(families);
  }

  /** The families worth trying together. */
  public static List<Family> families(Interactions all) {
    return all.isTimed()
        ? List.of(
            Family.POPULAR, Family.WALK, Family.FILTER, Family.RIDGE, Family.USERS, Family.FOLLOW)
        : List.of(Family.POPULAR, Family.WALK, Family.FILTER, Family.RIDGE, Family.USERS);
  }

  /** The families worth trying together for the next item of a session. */
  public static List<Family> sessionFamilies() {
    return List.of(Family.POPULAR, Family.SESSIONS, Family.FOLLOW, Family.WALK);
  }

  private Choice choose(List<Family> families) {
    Weighing weighing = weighing();
    List<Round> rounds = this.rounds.apply(weighing);
    List<Tuned> tuned = new ArrayList<>();
    for (Family family : families) {
      Tuned best = tune(Recipe.usual(family, all, options.effort()), rounds, weighing);
      tuned.add(best);
      if (all.isTimed() && family != Family.POPULAR && family != Family.SESSIONS)
        tuned.addAll(fading(best, rounds, weighing));
    }
    List<List<Model>> learned = new ArrayList<>();
    for (int r = 0; r < rounds.size(); r++) {
      int round = r;
      learned.add(tuned.stream().map(one -> one.models().get(round)).toList());
    }
    var search = new WeightSearch(rounds, learned, options.k(), workers);
    double[] weights = search.climb();
    List<Recipe> recipes = tuned.stream().map(Tuned::recipe).toList();
    return refit(recipes, weights, search, weighing, rounds.getFirst(), learned.getFirst());
  }

  private Choice better(Incumbent incumbent, Choice fresh) {
    Weighing weighing = incumbent.weighing();
    List<Recipe> recipes = incumbent.shares().stream().map(Share::recipe).toList();
    double[] weights = incumbent.shares().stream().mapToDouble(Share::weight).toArray();
    List<Round> rounds = this.rounds.apply(weighing);
    List<List<Model>> learned = new ArrayList<>();
    for (Round round : rounds) {
      Map<Recipe, Model> known = new HashMap<>();
      learned.add(recipes.stream().map(recipe -> learn(recipe, round.shop(), known)).toList());
    }
    var search = new WeightSearch(rounds, learned, options.k(), workers);
    if (search.quality(weights).worth() < fresh.quality().worth()) return fresh;
    trials.addAll(fresh.trials());
    return refit(recipes, weights, search, weighing, rounds.getFirst(), learned.getFirst());
  }

  private static List<Round> rounds(
      Interactions all, Weighing weighing, Options options, Workers workers) {
    List<Round> rounds = new ArrayList<>();
    var holdout = Holdout.of(all, options.share(), options.relevant(), options.seed());
    rounds.add(Round.ofUsers(holdout, weighing, options, workers));
    if (rounds.getFirst().size() < FEW) {
      var earlier =
          Holdout.of(holdout.train(), options.share(), options.relevant(), options.seed() + 1);
      rounds.add(Round.ofUsers(earlier, weighing, options, workers));
    }
    return rounds;
  }

  /**
   * How weights are best read, by the family that is quickest to learn; nothing to choose where all
   * are alike.
   */
  private Weighing weighing() {
    Weighing best = new Weighing(Reading.GIVEN, options.relevant());
    double worth = -1;
    for (Reading reading : areAlike(all) ? new Reading[] {Reading.GIVEN} : Reading.values()) {
      var weighing = new Weighing(reading, options.relevant());
      if (areAlike(all)) return weighing;
      var tried =
          attempt(
              Recipe.usual(Family.WALK, all, options.effort()), rounds.apply(weighing), weighing);
      if (tried.worth() <= worth) continue;
      worth = tried.worth();
      best = weighing;
    }
    return best;
  }

  private static boolean areAlike(Interactions interactions) {
    float[] weights = interactions.byUser().values();
    for (float weight : weights) if (weight != weights[0]) return false;
    return true;
  }

  /** A recipe and what it learned in each round. */
  private record Tuned(Recipe recipe, List<Model> models, double worth) {}

  private Tuned tune(Recipe start, List<Round> rounds, Weighing weighing) {
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
  private List<Tuned> fading(Tuned base, List<Round> rounds, Weighing weighing) {
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

  private Tuned attempt(Recipe recipe, List<Round> rounds, Weighing weighing) {
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
    progress.accept(trial);
    return new Tuned(recipe, models, quality.worth());
  }

  private Choice refit(
      List<Recipe> recipes,
      double[] weights,
      WeightSearch search,
      Weighing weighing,
      Round round,
      List<Model> judged) {
    Workshop shop = whole.apply(weighing);
    Map<Recipe, Model> learned = new HashMap<>();
    List<Blend.Part> parts = new ArrayList<>();
    List<Blend.Part> partsJudged = new ArrayList<>();
    List<Share> shares = new ArrayList<>();
    for (int m = 0; m < weights.length; m++) {
      if (weights[m] == 0) continue;
      Model model = learn(recipes.get(m), shop, learned);
      shares.add(new Share(recipes.get(m), weights[m]));
      float weight = (float) weights[m] * search.scale(m);
      parts.add(new Blend.Part(model, weight));
      partsJudged.add(new Blend.Part(judged.get(m), weight));
    }
    return new Choice(
        new Blend(parts),
        weighing,
        shares,
        search.quality(weights),
        List.copyOf(trials),
        new Ground(new Blend(partsJudged), round, options.k(), workers));
  }

  /** Once, also where a recipe stands in the blend with its latest louder. */
  private static Model learn(Recipe recipe, Workshop shop, Map<Recipe, Model> learned) {
    return switch (recipe) {
      case Recipe.Recent(Recipe of, double halfLife) ->
          new Fading(learn(of, shop, learned), halfLife);
      default -> {
        Model known = learned.get(recipe);
        if (known == null) {
          known = recipe.learn(shop);
          learned.put(recipe, known);
        }
        yield known;
      }
    };
  }
}
