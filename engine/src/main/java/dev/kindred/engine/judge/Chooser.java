package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.blend.Weighing.Reading;
import dev.kindred.engine.judge.Recipe.Family;
import dev.kindred.engine.judge.Tuner.Tuned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses what to serve: holds out a part, tunes each family on it, finds the weights of their sum,
 * and learns the chosen ones again from everything.
 *
 * <p>Where few users can be judged, a second part is held out before the first, and what is tried
 * must do well on both. Everything follows from the interactions, the options and the seed, never
 * from the clock; what was tried is kept with its figures, the losers too.
 */
public final class Chooser {
  /** Below so many judged users a second round steadies the choice. */
  private static final int FEW = 2500;

  private final Interactions all;
  private final Function<Weighing, List<Round>> rounds;
  private final Function<Weighing, Workshop> whole;
  private final Options options;
  private final Workers workers;
  private final Witness witness;
  private final Tuner tuner;

  /**
   * What is asked of the choice.
   *
   * @param k how long a list is judged
   * @param share how much of each user's history is held out
   * @param relevant the least weight that counts as liked
   * @param users how many users are judged at most
   * @param trials how many settings of a family are tried at most
   * @param effort nanoseconds of one core that one family's trials may take, by a rough estimate
   * @param room bytes that the largest things may take that a family needs for a while only
   * @param neighbours how many an item keeps where the chosen item-item models are put together; 0
   *     leaves them side by side, as they were judged
   */
  public record Options(
      int k,
      double share,
      float relevant,
      int users,
      int trials,
      double effort,
      double room,
      int neighbours,
      long seed) {
    public static final Options USUAL = new Options(20, 0.2, 0f, 3000, 14, 60e9, 2e9, 0, 1);

    public Options withK(int other) {
      return new Options(other, share, relevant, users, trials, effort, room, neighbours, seed);
    }

    public Options withRelevant(float other) {
      return new Options(k, share, other, users, trials, effort, room, neighbours, seed);
    }

    public Options withEffort(double other) {
      return new Options(k, share, relevant, users, trials, other, room, neighbours, seed);
    }

    public Options withNeighbours(int other) {
      return new Options(k, share, relevant, users, trials, effort, room, other, seed);
    }
  }

  /** One setting of one family, and how it did. */
  public record Trial(Recipe recipe, Weighing weighing, Quality quality) {}

  /** Hears how the choice goes, and may throw to end it. */
  @FunctionalInterface
  public interface Witness {
    /** A setting was tried. */
    void tried(Trial trial);

    /**
     * The choice is made. What it was judged on is still there, and gone when the choice is learned
     * again from everything.
     */
    default void chosen(Weighing weighing, Ground ground) {}
  }

  /** A recipe's place in the blend. */
  public record Share(Recipe recipe, double weight) {}

  /**
   * What was chosen, how it did on what was held out, and all that was tried.
   *
   * @param blend takes histories that are weighed
   */
  public record Choice(
      Blend blend, Weighing weighing, List<Share> shares, Quality quality, List<Trial> trials) {

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
      Witness witness) {
    this.all = all;
    this.rounds = rounds;
    this.whole = whole;
    this.options = options;
    this.workers = workers;
    this.witness = witness;
    this.tuner = new Tuner(all, options, workers, witness);
  }

  /** Tunes and blends the given families for users. */
  public static Choice choose(
      Interactions all, List<Family> families, Options options, Workers workers, Witness witness) {
    return choose(all, families, Optional.empty(), options, workers, witness);
  }

  /**
   * The same, against what is in use, if anything is: learned from the same part and judged on the
   * same held-out part, the incumbent stays chosen unless the new blend does better.
   */
  public static Choice choose(
      Interactions all,
      List<Family> families,
      Optional<Incumbent> incumbent,
      Options options,
      Workers workers,
      Witness witness) {
    var chooser =
        new Chooser(
            all,
            weighing -> rounds(all, weighing, options, workers),
            weighing -> new Workshop(weighing.of(all), options.seed(), workers),
            options,
            workers,
            witness);
    return chooser.choose(families, incumbent);
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
      Witness witness) {
    var whole = Workshop.ofSessions(sessions, options.seed(), workers);
    var round = Round.ofSessions(sessions, options, workers);
    return new Chooser(
            whole.train(), any -> List.of(round), any -> whole, options, workers, witness)
        .choose(families, Optional.empty());
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

  private Choice choose(List<Family> families, Optional<Incumbent> incumbent) {
    return learned(decided(families, incumbent));
  }

  /**
   * What is learned again from everything.
   *
   * @param weights of the models' own scores
   */
  private record Decision(
      List<Share> shares, List<Float> weights, Weighing weighing, Quality quality) {}

  /** Nothing is left of what was judged when this returns but its figures. */
  private Decision decided(List<Family> families, Optional<Incumbent> incumbent) {
    Found best = best(families, incumbent);
    witness.chosen(best.decision().weighing(), best.ground());
    return best.decision();
  }

  private Found best(List<Family> families, Optional<Incumbent> incumbent) {
    Found fresh = search(families);
    if (incumbent.isEmpty()) return fresh;
    Found old = again(incumbent.get());
    return old.decision().quality().worth() < fresh.decision().quality().worth() ? fresh : old;
  }

  private Found search(List<Family> families) {
    Weighing weighing = weighing();
    List<Round> rounds = this.rounds.apply(weighing);
    List<Tuned> tuned = new ArrayList<>();
    for (Family family : families) {
      Tuned best = tuner.tune(Recipe.usual(family, all, options), rounds, weighing);
      tuned.add(best);
      if (all.isTimed() && family != Family.POPULAR && family != Family.SESSIONS)
        tuned.addAll(tuner.fading(best, rounds, weighing));
      for (Round round : rounds) round.shop().tidy();
    }
    List<List<Model>> learned = new ArrayList<>();
    for (int r = 0; r < rounds.size(); r++) {
      int round = r;
      learned.add(tuned.stream().map(one -> one.models().get(round)).toList());
    }
    var search = new WeightSearch(rounds, learned, options.k(), workers);
    List<Recipe> recipes = tuned.stream().map(Tuned::recipe).toList();
    return found(recipes, search.climb(), search, weighing, rounds, learned);
  }

  /** What was in use, learned from the same part and judged on the same. */
  private Found again(Incumbent incumbent) {
    Weighing weighing = incumbent.weighing();
    List<Recipe> recipes = incumbent.shares().stream().map(Share::recipe).toList();
    double[] weights = incumbent.shares().stream().mapToDouble(Share::weight).toArray();
    List<Round> rounds = this.rounds.apply(weighing);
    List<List<Model>> learned = new ArrayList<>();
    for (Round round : rounds) {
      var relearning = new Relearning(round.shop());
      learned.add(recipes.stream().map(relearning::model).toList());
      round.shop().tidy();
    }
    var search = new WeightSearch(rounds, learned, options.k(), workers);
    return found(recipes, weights, search, weighing, rounds, learned);
  }

  private record Found(Decision decision, Ground ground) {}

  private Found found(
      List<Recipe> recipes,
      double[] weights,
      WeightSearch search,
      Weighing weighing,
      List<Round> rounds,
      List<List<Model>> learned) {
    List<Share> shares = new ArrayList<>();
    List<Float> scaled = new ArrayList<>();
    List<Blend.Part> judged = new ArrayList<>();
    for (int m = 0; m < weights.length; m++) {
      if (weights[m] == 0) continue;
      float weight = (float) weights[m] * search.scale(m);
      shares.add(new Share(recipes.get(m), weights[m]));
      scaled.add(weight);
      judged.add(new Blend.Part(learned.getFirst().get(m), weight));
    }
    var ground = new Ground(new Blend(judged), rounds.getFirst(), options.k(), workers);
    return new Found(new Decision(shares, scaled, weighing, search.quality(weights)), ground);
  }

  private Choice learned(Decision decision) {
    var relearning = new Relearning(whole.apply(decision.weighing()));
    Blend blend = relearning.blend(decision.shares(), decision.weights(), options.neighbours());
    return new Choice(
        blend, decision.weighing(), decision.shares(), decision.quality(), tuner.trials());
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
   * How weights are best read, by the family that is quickest to learn. Readings that are the same
   * for all of them are not told apart.
   */
  private Weighing weighing() {
    List<Weighing> readings = new ArrayList<>();
    for (Reading reading : Reading.values()) {
      var weighing = new Weighing(reading, options.relevant());
      if (readings.stream().noneMatch(known -> isSame(known, weighing))) readings.add(weighing);
    }
    Weighing best = readings.getFirst();
    if (readings.size() == 1 || areAlike(all)) return best;
    double worth = -1;
    for (Weighing weighing : readings) {
      var tried =
          tuner.attempt(Recipe.usual(Family.WALK, all, options), rounds.apply(weighing), weighing);
      if (tried.worth() <= worth) continue;
      worth = tried.worth();
      best = weighing;
    }
    return best;
  }

  private boolean isSame(Weighing one, Weighing other) {
    for (float weight : all.byUser().values()) {
      if (one.of(weight) != other.of(weight)) return false;
    }
    return true;
  }

  private static boolean areAlike(Interactions interactions) {
    float[] weights = interactions.byUser().values();
    for (float weight : weights) if (weight != weights[0]) return false;
    return true;
  }
}
