package dev.kindred.bench.quality;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Workers;
import dev.kindred.engine.factors.ImplicitAls;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;

/**
 * {@code ./kindred bench factors}: how fast implicit matrix factorisation learns, beside the
 * published speed of the fastest native library. That is of MovieLens 20M on eight cores; here is a
 * tenth of its users, items and interactions, made up, on one core and on all of this machine. An
 * iteration costs in proportion to each of these, so a tenth of it takes a tenth of the time.
 */
public final class FactorsBench {
  private static final int USERS = 13_849;
  private static final int ITEMS = 2_674;
  private static final int INTERACTIONS = 2_000_026;
  private static final int RANK = 64;
  private static final int ITERATIONS = 10;

  /** Eight cores, 0.84 s an iteration, for ten times as much. */
  private static final double PUBLISHED_CORE_SECONDS = 8 * 0.84 / 10;

  private FactorsBench() {}

  /** Prints the rows; the exit code is 1 if one core is slower than was published. */
  public static int run(List<String> arguments) throws InterruptedException {
    if (!arguments.isEmpty()) {
      System.err.println("bench factors takes no arguments");
      return 2;
    }
    Interactions data = data(new SplittableRandom(1));
    System.out.printf(
        "%,d users, %,d items, %,d interactions, %d factors%n",
        data.users(), data.items(), data.size(), RANK);
    int all = Runtime.getRuntime().availableProcessors();
    boolean reached = true;
    for (int cores : all > 1 ? new int[] {1, all} : new int[] {1}) {
      try (var threads = Executors.newFixedThreadPool(cores)) {
        reached &= measure(data, cores, Workers.of(threads, cores));
      }
    }
    return reached ? 0 : 1;
  }

  private static boolean measure(Interactions data, int cores, Workers workers) {
    learn(data, 2, workers);
    double seconds = learn(data, ITERATIONS, workers) / ITERATIONS;
    double ofCores = cores * seconds;
    System.out.printf(
        "| %d of the cores | %.3f s an iteration, %.1f s for %d | %.2f core seconds, published %.2f |"
            + " %.2f times as fast |%n",
        cores,
        seconds,
        seconds * ITERATIONS,
        ITERATIONS,
        ofCores,
        PUBLISHED_CORE_SECONDS,
        PUBLISHED_CORE_SECONDS / ofCores);
    return ofCores <= PUBLISHED_CORE_SECONDS;
  }

  private static double learn(Interactions data, int iterations, Workers workers) {
    long start = System.nanoTime();
    var model =
        ImplicitAls.learn(
            data, new ImplicitAls.Settings(RANK, 0.1f, 0.01f, iterations), 1, workers);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (Float.isNaN(model.item(0)[0])) throw new IllegalStateException("it went astray");
    return seconds;
  }

  /** Popularity falls off as Zipf found, activity of users is spread like that of people. */
  private static Interactions data(SplittableRandom random) {
    double[] activity = new double[USERS];
    double sum = 0;
    for (int user = 0; user < USERS; user++) {
      activity[user] = Math.exp(random.nextGaussian());
      sum += activity[user];
    }
    var builder = Interactions.builder().atLeast(USERS, ITEMS);
    var taken = new BitSet(ITEMS);
    for (int user = 0; user < USERS; user++) {
      taken.clear();
      int wanted = Math.clamp(Math.round(INTERACTIONS * activity[user] / sum), 1, ITEMS / 2);
      while (taken.cardinality() < wanted) {
        taken.set(Math.min(ITEMS - 1, (int) (ITEMS * Math.pow(random.nextDouble(), 3))));
      }
      for (int item = taken.nextSetBit(0); item >= 0; item = taken.nextSetBit(item + 1)) {
        builder.add(user, item, 1f);
      }
    }
    return builder.build();
  }
}
