package dev.kindred.bench.serve;

import dev.kindred.bench.process.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * {@code ./kindred bench growth}: how the cost of one list grows with a shop. The same kind of shop
 * in several sizes, ten interactions a user: more products for as many users, and fewer users for
 * as many products. Filling takes far longer than measuring and may go on beside other work, so it
 * is a step of its own.
 */
public final class GrowthBench {
  private static final String USAGE =
      """
      usage: growth fill DIR   makes the shops, with their models, in an empty folder
             growth DIR        measures one list in each of them
      """;
  private static final int INTERACTIONS_A_USER = 10;
  private static final long SEED = 1;
  private static final int LISTS = 3_000;
  private static final double MEGABYTE = 1 << 20;
  private static final Pattern COMPUTING = Pattern.compile("recommend;dur=([0-9.]+)");

  private static final List<Size> SIZES =
      List.of(
          new Size(10_000, 50_000),
          new Size(100_000, 50_000),
          new Size(1_000_000, 50_000),
          new Size(100_000, 5_000));

  private GrowthBench() {}

  private record Size(int products, int users) {
    Path in(Path folder) {
      return folder.resolve(products + "-" + users);
    }

    Population population() {
      return new Population(products, users, SEED);
    }
  }

  /** Prints a row for each shop. */
  public static int run(List<String> arguments) throws Exception {
    if (arguments.size() == 2 && arguments.getFirst().equals("fill")) {
      for (Size size : SIZES) fill(size, Path.of(arguments.getLast()));
      return 0;
    }
    if (arguments.size() != 1) {
      System.err.print(USAGE);
      return 2;
    }
    System.out.println(
        "| products | users | a user's list, p50, p99, us | like one, p50, p99, us |"
            + " start, s | resident, MB |");
    for (Size size : SIZES) measure(size, Path.of(arguments.getFirst()));
    return 0;
  }

  private static void fill(Size size, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(size.in(folder));
    try (Shop shop = open(size, folder)) {
      shop.fill(size.population(), size.products(), INTERACTIONS_A_USER * size.users());
      Duration rebuilt = shop.rebuild();
      System.out.printf(
          "%,d products, %,d users: models in %.1f s, resident at most %.0f MB%n",
          size.products(),
          size.users(),
          rebuilt.toMillis() / 1e3,
          shop.server().residentBytesMost() / MEGABYTE);
    }
  }

  private static void measure(Size size, Path folder) throws IOException, InterruptedException {
    try (Shop shop = open(size, folder)) {
      Population population = size.population();
      Histogram users = computing(shop, n -> "user/u" + population.user() + "?exclude=x" + n);
      Histogram alike = computing(shop, n -> "entity/p" + population.product() + "?exclude=x" + n);
      System.out.printf(
          "| %,d | %,d | %d, %d | %d, %d | %.1f | %.0f |%n",
          size.products(),
          size.users(),
          users.getValueAtPercentile(50),
          users.getValueAtPercentile(99),
          alike.getValueAtPercentile(50),
          alike.getValueAtPercentile(99),
          shop.server().startedIn().toMillis() / 1e3,
          shop.server().residentBytes() / MEGABYTE);
    }
  }

  /** The path of the n-th list, under that of recommendations. */
  private interface Asked {
    String path(int n);
  }

  /** One after the other, as the server itself tells: no HTTP, and no list is asked for twice. */
  private static Histogram computing(Shop shop, Asked asked)
      throws IOException, InterruptedException {
    var micros = new Histogram(3);
    for (int n = 0; n < 2 * LISTS; n++) {
      HttpResponse<String> response = shop.get("/api/v1/recommendations/" + asked.path(n));
      Matcher timing = COMPUTING.matcher(response.headers().firstValue("Server-Timing").orElse(""));
      if (n >= LISTS && timing.find()) {
        micros.recordValue((long) (1e3 * Double.parseDouble(timing.group(1))));
      }
    }
    return micros;
  }

  private static Shop open(Size size, Path folder) throws IOException {
    return new Shop(ServerProcess.kindred(Map.of("KINDRED_DATA", size.in(folder).toString())));
  }
}
