package dev.kindred.learn;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.judge.Chooser;
import dev.kindred.engine.judge.Chooser.Choice;
import dev.kindred.engine.judge.Chooser.Incumbent;
import dev.kindred.engine.judge.Chooser.Options;
import dev.kindred.engine.judge.Chooser.Trial;
import dev.kindred.engine.judge.Chooser.Witness;
import dev.kindred.engine.judge.Ground;
import dev.kindred.engine.judge.Recipe.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Learns a shelf's model from the histories that are in memory: holds out the latest part of each,
 * lets the families compete for the best blend, and learns the winners again from everything.
 *
 * <p>The same histories, settings and seed give the same model, on any number of threads. Histories
 * are copied a few users at a time, each up to the position at which the copying began, so writers
 * hardly wait and still all of it is as of one position.
 */
final class Trainer {
  /** With less, live neighbours do as well. */
  private static final int PAIRS_MIN = 200;

  private static final int USERS_MIN = 10;

  /** Users copied at once while writers wait. */
  private static final int USERS_AT_ONCE = 256;

  private static final int NEIGHBOURS_MAX = 200;

  /** Entries that the merged neighbours of all items may have together. */
  private static final int ENTRIES_MAX = 12_000_000;

  /** Asking the user neighbours takes working memory for each of the users. */
  private static final int NEIGHBOURS_AMONG_MAX = 10_000;

  /** What asking them may cost, in entries looked at. */
  private static final double NEIGHBOUR_COST_MAX = 20_000;

  private static final int SAMPLED = 400;
  private static final int RANK_OF_HALF = 10;

  private final LiveTenant tenant;
  private final Shelf shelf;
  private final Budget budget;
  private final Workers workers;
  private final Runnable goOn;

  /**
   * What training may cost and how it reads histories.
   *
   * @param effort nanoseconds of one core that one family's trials may take
   * @param room bytes that the largest things may take that are needed for a while only
   * @param halfLifeMicros after which an interaction counts half; 0 for never
   */
  record Budget(double effort, double room, double halfLifeMicros, long seed) {}

  /**
   * @param goOn called again and again; may throw to end the training
   */
  Trainer(LiveTenant tenant, Shelf shelf, Budget budget, Workers workers, Runnable goOn) {
    this.tenant = tenant;
    this.shelf = shelf;
    this.budget = budget;
    this.workers = workers.asking(goOn);
    this.goOn = goOn;
  }

  /**
   * A new model.
   *
   * @param learned without a name yet
   * @param choice what the next one has to beat
   */
  record Made(Learned learned, Incumbent choice) {}

  /**
   * A new model; absent where there is too little to learn from.
   *
   * @param incumbent what is in use: it stays chosen unless something does better on the same
   *     held-out part
   */
  Optional<Made> train(Optional<Incumbent> incumbent) {
    var copy = copy();
    Interactions all = copy.interactions();
    if (all.size() < PAIRS_MIN || all.users() < USERS_MIN) return Optional.empty();
    var options =
        new Options(
            Options.USUAL.k(),
            Options.USUAL.share(),
            0f,
            Options.USUAL.users(),
            Options.USUAL.trials(),
            budget.effort(),
            budget.room(),
            Math.clamp(ENTRIES_MAX / Math.max(1, all.items()), 20, NEIGHBOURS_MAX),
            budget.seed());
    var vectors = ShelfVectors.of(tenant, shelf);
    float[] common = vectors.common();
    var judged = new Judged(vectors, common);
    Choice choice = Chooser.choose(all, families(all), incumbent, options, workers, judged);
    Model model = choice.blend();
    MixSearch.Found mix = judged.mix;
    goOn.run();
    List<History> sample = sample(all, choice);
    float half = half(model, sample);
    var learned =
        new Learned(
            "",
            copy.position(),
            all.items(),
            model,
            choice.weighing(),
            ModelBytes.popular(model),
            half,
            live(model, choice),
            common,
            mix.best(),
            ModelReport.of(shelf.type(), copy.position(), all, choice, mix));
    return Optional.of(new Made(learned, Incumbent.of(choice)));
  }

  /** Finds how much likeness is to count, on the part that the choice was judged on. */
  private final class Judged implements Witness {
    private final ShelfVectors vectors;
    private final float[] common;
    private MixSearch.Found mix = MixSearch.Found.NOTHING;

    Judged(ShelfVectors vectors, float[] common) {
      this.vectors = vectors;
      this.common = common;
    }

    @Override
    public void tried(Trial trial) {
      goOn.run();
    }

    @Override
    public void chosen(Weighing weighing, Ground ground) {
      var sample = new ArrayList<History>();
      int step = Math.max(1, ground.cases() / SAMPLED);
      for (int n = 0; n < ground.cases(); n += step) sample.add(weighing.of(ground.history(n)));
      float half = half(ground.blend(), sample);
      mix = new MixSearch(ground, weighing, vectors, common, half).find(goOn);
    }
  }

  /** User neighbours answer well but slowly where many users have much in common. */
  private static List<Family> families(Interactions all) {
    var families = new ArrayList<>(Chooser.families(all));
    double cost = 0;
    for (int item = 0; item < all.items(); item++) {
      cost += (double) all.byItem().size(item) * all.byItem().size(item);
    }
    boolean isSlow = cost / all.users() > NEIGHBOUR_COST_MAX;
    if (isSlow || all.users() > NEIGHBOURS_AMONG_MAX) families.remove(Family.USERS);
    return families;
  }

  private record Copy(Interactions interactions, long position) {}

  private Copy copy() {
    record Size(int users, int items, long position) {}
    Size size = read(() -> new Size(tenant.usersEnd(), shelf.size(), tenant.position()));
    var builder = Interactions.builder().atLeast(0, size.items());
    int[] scratch = new int[size.items()];
    int[] next = {0};
    for (int from = 0; from < size.users(); from += USERS_AT_ONCE) {
      goOn.run();
      int first = from;
      int end = Math.min(size.users(), from + USERS_AT_ONCE);
      read(() -> {
        for (int user = first; user < end; user++) {
          if (add(builder, next[0], user, size.position(), scratch)) next[0]++;
        }
        return end;
      });
    }
    return new Copy(builder.build(), size.position());
  }

  private boolean add(
      Interactions.Builder builder, int row, int user, long position, int[] scratch) {
    Deeds deeds = tenant.deeds(user);
    Taste taste = Taste.of(tenant, shelf, deeds, position, budget.halfLifeMicros(), scratch);
    boolean any = false;
    for (int n = 0; n < taste.size(); n++) {
      if (taste.items()[n] >= scratch.length) continue;
      builder.add(row, taste.items()[n], taste.weights()[n], deeds.atMicros(taste.latest()[n]));
      any = true;
    }
    return any;
  }

  private List<History> sample(Interactions all, Choice choice) {
    int step = Math.max(1, all.users() / SAMPLED);
    var histories = new ArrayList<History>();
    for (int user = 0; user < all.users(); user += step) {
      histories.add(choice.weighing().of(all.history(user)));
    }
    return histories;
  }

  /** The usual score at the rank where a list begins to fade. */
  private static float half(Model model, List<History> sample) {
    float[] scores = new float[sample.size()];
    int count = 0;
    var sums = new Accumulator(model.items());
    var top = new TopK(RANK_OF_HALF);
    for (History history : sample) {
      sums.clear();
      model.addScores(history, 1f, sums);
      top.clear();
      for (int n = 0; n < sums.count(); n++) top.offer(sums.index(n), sums.sum(sums.index(n)));
      Ranking best = top.ranking();
      if (best.size() > 0) scores[count++] = best.scores()[best.size() - 1];
    }
    Arrays.sort(scores, 0, count);
    float half = count == 0 ? 0 : scores[count / 2];
    return half > 0 ? half : 0.5f;
  }

  /** How the sum of an item's neighbours in the model compares with that of its live ones. */
  private float live(Model model, Choice choice) {
    var live = read(() -> new Neighbourhood(tenant, shelf));
    var sums = new Accumulator(model.items());
    double inModel = 0;
    double alive = 0;
    int step = Math.max(1, model.items() / SAMPLED);
    for (int n = 0; n < model.items(); n += step) {
      int item = n;
      sums.clear();
      model.addScores(choice.weighing().of(History.of(item)), 1f, sums);
      for (int m = 0; m < sums.count(); m++) inModel += sums.sum(sums.index(m));
      for (float cosine : read(() -> live.of(item, NEIGHBOURS_MAX)).scores()) alive += cosine;
    }
    return inModel > 0 && alive > 0 ? (float) (inModel / alive) : 1f;
  }

  /**
   * Reads under the tenant's lock, on a thread that does not give way: who waits for the lock waits
   * for whoever holds it.
   */
  private <T> T read(Supplier<T> reading) {
    return CompletableFuture.supplyAsync(() -> tenant.read(reading), Thread::startVirtualThread)
        .join();
  }
}
