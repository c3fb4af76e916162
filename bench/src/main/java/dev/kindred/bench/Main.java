package dev.kindred.bench;

import dev.kindred.bench.analytics.AnalyticsBench;
import dev.kindred.bench.analytics.ExperimentReport;
import dev.kindred.bench.commit.CommitBench;
import dev.kindred.bench.crash.CrashBench;
import dev.kindred.bench.nearest.NearestBench;
import dev.kindred.bench.parts.Parts;
import dev.kindred.bench.quality.FactorsBench;
import dev.kindred.bench.quality.QualityBench;
import dev.kindred.bench.serve.GrowthBench;
import dev.kindred.bench.serve.ServeBench;
import dev.kindred.bench.serve.StartBench;
import dev.kindred.bench.storage.StorageBench;
import dev.kindred.bench.storefront.StorefrontBench;
import dev.kindred.bench.transfer.ExportBench;
import dev.kindred.bench.transfer.ImportBench;
import dev.kindred.bench.write.WriteBench;
import java.util.List;

/** Picks a benchmark by its name: the entry point behind {@code ./kindred bench}. */
public final class Main {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("write", "how fast writes are taken in, against a floor", WriteBench::run),
          new Entry("start", "how long a start takes and what it holds", StartBench::run),
          new Entry("import", "how fast a file is taken in", ImportBench::run),
          new Entry("export", "how fast all is written, and what that takes", ExportBench::run),
          new Entry("serve", "how fast lists are answered, against a floor", ServeBench::run),
          new Entry("crash", "what a server that is killed has kept", CrashBench::run),
          new Entry(
              "nearest", "nearest neighbours in memory against an exact scan", NearestBench::run),
          new Entry("parts", "what every write goes through, without a server", Parts::run),
          new Entry("commit", "what grouping commits costs", CommitBench::run),
          new Entry("analytics", "what counting behaviour costs", AnalyticsBench::run),
          new Entry("storage", "how much room a hundredth of the largest takes", StorageBench::run),
          new Entry("storefront", "how fast a shop's pages are", StorefrontBench::run),
          new Entry("experiments", "how long an experiment's report takes", ExperimentReport::run),
          new Entry("growth", "how the cost of one list grows with the shop", GrowthBench::run),
          new Entry("factors", "how fast matrix factorisation learns", FactorsBench::run),
          new Entry("quality", "how good the lists are on a public data set", QualityBench::run));

  private Main() {}

  /** A benchmark prints what it has measured and returns the process's exit code. */
  @FunctionalInterface
  interface Benchmark {
    int run(List<String> arguments) throws Exception;
  }

  record Entry(String name, String summary, Benchmark benchmark) {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws Exception {
    if (arguments.isEmpty()) {
      ENTRIES.forEach(entry -> System.out.printf("%-12s %s%n", entry.name(), entry.summary()));
      return 0;
    }
    for (var entry : ENTRIES) {
      if (entry.name().equals(arguments.getFirst())) {
        return entry.benchmark().run(arguments.subList(1, arguments.size()));
      }
    }
    System.err.printf(
        "there is no benchmark '%s'; './kindred bench' lists them%n", arguments.getFirst());
    return 2;
  }
}
