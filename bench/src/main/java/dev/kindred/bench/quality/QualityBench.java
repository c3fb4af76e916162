package dev.kindred.bench.quality;

import dev.kindred.engine.Workers;
import dev.kindred.engine.judge.Chooser;
import dev.kindred.engine.judge.Chooser.Choice;
import dev.kindred.engine.judge.Chooser.Trial;
import dev.kindred.engine.judge.Judge;
import dev.kindred.engine.judge.Quality;
import dev.kindred.engine.judge.Recipe.Family;
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
  public static int run(List<String> words) throws IOException, InterruptedException {
    if (words.size() == 2 && words.getFirst().equals("--unknown-users")) {
      UnknownUsers.run(Long.parseLong(words.getLast()));
      return 0;
    }
    if (words.size() == 3 && words.getFirst().equals("--cold-films")) {
      ColdFilms.run(Path.of(words.get(1)), Long.parseLong(words.get(2)));
      return 0;
    }
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
    if (SessionSet.isIn(arguments.data())) {
      judgeSessions(SessionSet.read(arguments.data()));
      return;
    }
    var set = DataSet.read(arguments.data());
    say(
        "%d users, %d items, %d pairs to learn from, %d held out",
        set.train().users(), set.train().items(), set.train().size(), set.heldOut().size());
    if (arguments.heldOut().isPresent()) ListFiles.writeHeldOut(arguments.heldOut().get(), set);
    if (arguments.algorithm().equals("each")) {
      judgeEach(set);
    } else {
      judgeLists(set, arguments.families(Chooser.families(set.train())));
    }
  }

  /** Each family alone, tuned, beside all of them together. */
  private void judgeEach(DataSet set) throws IOException {
    double best = 0;
    for (Family family : Chooser.families(set.train())) {
      say("%n%s alone", family);
      best = Math.max(best, judgeLists(set, List.of(family)).ndcg());
    }
    say("%ntogether");
    double together = judgeLists(set, Chooser.families(set.train())).ndcg();
    say("%nNDCG together is %.3f times that of the best alone", together / best);
  }

  private Quality judgeLists(DataSet set, List<Family> families) throws IOException {
    var options = Chooser.Options.USUAL.withK(arguments.top()).withRelevant(set.relevant());
    long start = System.nanoTime();
    say("%ntried, on a part held out of what there is to learn from:");
    var choice = Chooser.choose(set.train(), families, options, workers, QualityBench::print);
    double seconds = (System.nanoTime() - start) / 1e9;
    print(choice);

    var model = choice.model();
    int[][] lists = new int[set.train().users()][];
    workers.each(
        lists.length,
        (from, to) -> {
          for (int user = from; user < to; user++) {
            lists[user] = Judge.list(model, set.train().history(user), arguments.top());
          }
        });
    if (arguments.out().isPresent()) ListFiles.write(arguments.out().get(), lists, set);
    var judge = new Judge(arguments.top(), set.heldOut(), workers);
    int[] users = judge.users(Integer.MAX_VALUE);
    var quality = judge.judge(users, n -> lists[users[n]]);
    say("%non what was held out:");
    print(quality, "in lists of " + arguments.top());
    say("  training %.1f s, peak memory %d MB", seconds, PeakMemory.megabytes());
    return quality;
  }

  private void judgeSessions(SessionSet set) throws IOException {
    say(
        "%d sessions, %d items, %d clicks to learn from, %d cases",
        set.sessions().rows(), set.items().size(), set.sessions().size(), set.prefixes().size());
    var options = Chooser.Options.USUAL.withK(arguments.top());
    var families = arguments.families(Chooser.sessionFamilies());
    long start = System.nanoTime();
    say("%ntried, on the latest sessions of what there is to learn from:");
    var choice =
        Chooser.chooseNext(set.sessions(), families, options, workers, QualityBench::print);
    double seconds = (System.nanoTime() - start) / 1e9;
    print(choice);

    var model = choice.model();
    int[][] lists = new int[set.prefixes().size()][];
    workers.each(
        lists.length,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            lists[n] = Judge.next(model, set.prefixes().get(n), arguments.top());
          }
        });
    if (arguments.out().isPresent()) ListFiles.writeCases(arguments.out().get(), lists, set);
    var judge = new Judge(arguments.top(), set.targets(), workers);
    int[] cases = judge.users(Integer.MAX_VALUE);
    var quality = judge.judge(cases, n -> lists[cases[n]]);
    say("%non what came next:");
    say(
        "  HR@%1$d %2$.5f  MRR@%1$d %3$.5f  coverage %4$d",
        quality.k(), quality.hitRate(), quality.reciprocalRank(), quality.coverage());
    say("  training %.1f s, peak memory %d MB", seconds, PeakMemory.megabytes());
  }

  private static void print(Trial trial) {
    print(trial.quality(), trial.recipe() + " " + trial.weighing().reading());
  }

  private static void print(Choice choice) {
    say("%nchosen:");
    choice.shares().forEach(share -> say("  %6.3f x %s", share.weight(), share.recipe()));
    print(choice.quality(), "together, on that part");
  }

  private static void print(Quality quality, String what) {
    say(
        "  Recall@%1$d %2$.5f ± %3$.4f  NDCG@%1$d %4$.5f ± %5$.4f  coverage %6$d  %7$s",
        quality.k(),
        quality.recall(),
        2 * quality.recallError(),
        quality.ndcg(),
        2 * quality.ndcgError(),
        quality.coverage(),
        what);
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
