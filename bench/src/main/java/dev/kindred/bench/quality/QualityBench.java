package dev.kindred.bench.quality;

import dev.kindred.engine.Workers;
import dev.kindred.engine.judge.Chooser;
import dev.kindred.engine.judge.Judge;
import dev.kindred.engine.judge.Quality;
import dev.kindred.engine.judge.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;

/**
 * {@code ./kindred bench quality}: trains on a public data set with the code that serves, and
 * judges the lists on what was held out.
 */
public final class QualityBench {
  private final Arguments arguments;
  private final Workers workers;

  private QualityBench(Arguments arguments, Workers workers) {
    this.arguments = arguments;
    this.workers = workers;
  }

  /** Prints the figures; returns the process's exit code. */
  public static int run(List<String> words) throws IOException {
    Arguments arguments;
    try {
      arguments = Arguments.read(words);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.print(Arguments.USAGE);
      return 2;
    }
    int threads = Runtime.getRuntime().availableProcessors();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      new QualityBench(arguments, Workers.of(executor, threads)).run();
    }
    return 0;
  }

  private void run() throws IOException {
    Path folder = arguments.data();
    judgeLists(DataSet.read(folder));
  }

  private void judgeLists(DataSet set) throws IOException {
    var train = set.train();
    System.out.printf(
        Locale.ROOT,
        "%d users, %d items, %d pairs to learn from, %d held out%n",
        train.users(),
        train.items(),
        train.size(),
        set.heldOut().size());
    long start = System.nanoTime();
    System.out.println("\ntried, on a part held out of what there is to learn from:");
    var choice =
        Chooser.choose(
            train,
            families(set),
            options(set),
            workers,
            trial -> print(trial.quality(), trial.recipe() + " " + trial.weighing().reading()));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("\nchosen:");
    choice
        .shares()
        .forEach(s -> System.out.printf(Locale.ROOT, "  %.3f x %s%n", s.weight(), s.recipe()));
    print(choice.quality(), "together, on that part");

    var model = choice.model();
    int[][] lists = new int[train.users()][];
    workers.each(
        lists.length,
        (from, to) -> {
          for (int user = from; user < to; user++) {
            lists[user] = Judge.list(model, train.history(user), arguments.top());
          }
        });
    var judge = new Judge(arguments.top(), set.heldOut(), workers);
    int[] users = judge.users(Integer.MAX_VALUE);
    System.out.println("\non what was held out:");
    print(judge.judge(users, n -> lists[users[n]]), "in lists of " + arguments.top());
    System.out.printf(
        Locale.ROOT, "  training %.1f s, peak memory %d MB%n", seconds, PeakMemory.megabytes());

    if (arguments.out().isPresent()) ListFiles.write(arguments.out().get(), lists, set);
    if (arguments.heldOut().isPresent()) ListFiles.writeHeldOut(arguments.heldOut().get(), set);
  }

  private List<Recipe.Family> families(DataSet set) {
    if (arguments.algorithm().equals("auto")) return Chooser.families(set.train());
    return List.of(arguments.family());
  }

  private Chooser.Options options(DataSet set) {
    return Chooser.Options.USUAL.withK(arguments.top()).withRelevant(set.relevant());
  }

  private static void print(Quality quality, Object what) {
    System.out.printf(
        Locale.ROOT,
        "  Recall@%1$d %2$.5f ± %3$.4f  NDCG@%1$d %4$.5f ± %5$.4f  coverage %6$d  %7$s%n",
        quality.k(),
        quality.recall(),
        2 * quality.recallError(),
        quality.ndcg(),
        2 * quality.ndcgError(),
        quality.coverage(),
        what);
  }
}
