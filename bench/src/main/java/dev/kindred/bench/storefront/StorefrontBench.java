package dev.kindred.bench.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.bench.load.HttpRequest;
import dev.kindred.bench.load.Load;
import dev.kindred.bench.load.LoadGenerator;
import dev.kindred.bench.load.LoadResult;
import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.BenchDatabase;
import dev.kindred.bench.write.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A shop that was made up, in a PostgreSQL database of its own, read and answered for by a server
 * with an embedded database. All of it shares the machine. Where MAIN_DATABASE_URL is set, that is
 * the shop: {@code ./kindred services up --durable --with-shop} fills one beforehand.
 */
public final class StorefrontBench {

  private static final int CONNECTIONS = 8;
  private static final Duration WARMUP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(8);
  private static final long SEED = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 200;
  private static final Pattern MODELS_MADE =
      Pattern.compile("\"kind\":\"first-models\"[^}]*\"status\":\"completed\"");

  private record Size(int presents, int privately, int users, int likes, int clicks) {}

  private static final Map<String, Size> SIZES =
      Map.of(
          "small", new Size(4_000, 8_000, 6_000, 40_000, 60_000),
          "reference", new Size(16_000, 436_000, 122_000, 600_000, 800_000),
          "large", new Size(100_000, 100_000, 500_000, 2_000_000, 3_000_000));

  private StorefrontBench() {}

  public static int run(List<String> arguments) throws Exception {
    Size size = SIZES.get(arguments.isEmpty() ? "reference" : arguments.getFirst());
    if (size == null) {
      System.err.println("bench storefront takes small, reference or large");
      return 2;
    }
    String given = System.getenv("MAIN_DATABASE_URL");
    try (BenchDatabase shop =
        given == null ? BenchDatabase.create("bench_shop") : BenchDatabase.at(given)) {
      if (given == null) fill(shop, size);
      measure(shop, size);
    }
    return 0;
  }

  private static void measure(BenchDatabase shop, Size size) throws Exception {
    try (Folder data = Folder.create()) {
      measure(shop, size, data.path());
    }
  }

  private static void measure(BenchDatabase shop, Size size, Path data) throws Exception {
    var settings =
        Map.of(
            "KINDRED_DATA", data.toString(),
            "MAIN_DATABASE_URL", shop.url(),
            "RATE_LIMIT_ENABLED", "false");
    try (ServerProcess server = ServerProcess.kindred(settings)) {
      learn(server, size);
      answer(server, size);
      new Freshness(server, shop).measure();
      System.out.printf("resident at the end: %.0f MB%n", server.residentBytes() / 1e6);
    }
  }

  private static void fill(BenchDatabase shop, Size size) throws Exception {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        InputStream sql = StorefrontBench.class.getResourceAsStream("/shop/shop.sql")) {
      if (sql == null) throw new IllegalStateException("the shop's SQL is missing");
      statement.execute(new String(sql.readAllBytes(), UTF_8));
      statement.execute(
          "select shop_fill(%d, %d, %d, %d, %d)"
              .formatted(
                  size.presents(), size.privately(), size.users(), size.likes(), size.clicks()));
    }
  }

  private static void learn(ServerProcess server, Size size) throws Exception {
    long start = System.nanoTime();
    post(server, "/admin/full-sync?wait=true");
    double read = (System.nanoTime() - start) / 1e9;
    post(server, "/admin/refresh-similarities?wait=true");
    post(server, "/admin/refresh-popular-items?wait=true");
    double pages = (System.nanoTime() - start) / 1e9;
    awaitModels(server);
    System.out.printf("%s%n", size);
    System.out.printf(
        "resident after that: %.0f MB, at most %.0f MB%n",
        server.residentBytes() / 1e6, server.residentBytesMost() / 1e6);
    System.out.printf(
        "read all of it in %.1f s; with all that the shop's pages are made from %.1f s, with every"
            + " other model %.1f s%n",
        read, pages, (System.nanoTime() - start) / 1e9);
  }

  private static void answer(ServerProcess server, Size size) throws IOException {
    var random = new Random(SEED);
    int[] price = new int[1];
    load(
        server,
        "/personalized, miss",
        "/personalized",
        () ->
            "{\"user_id\":%d,\"geo_id\":213,\"filters\":{\"price_from\":%d.%02d}}"
                .formatted(1 + random.nextInt(size.users()), price[0]++ % 90, random.nextInt(100)));
    load(
        server,
        "/popular with a price filter, miss",
        "/popular",
        () ->
            "{\"user_params\":{\"geo_id\":213,\"gender\":\"f\",\"age\":\"25-34\"},\"filters\":{\"price_from\":%d.%04d}}"
                .formatted(100 + price[0]++ % 900, random.nextInt(10_000)));
    load(
        server,
        "/personalized, hit",
        "/personalized",
        () -> "{\"user_id\":%d,\"geo_id\":213}".formatted(1 + random.nextInt(100)));
  }

  private static void load(ServerProcess server, String what, String path, Supplier<String> bodies)
      throws IOException {
    Load load =
        Load.closed(
            server.address(),
            CONNECTIONS,
            WARMUP,
            MEASURED,
            () -> HttpRequest.post(path, ServerProcess.KEY, bodies.get()));
    LoadResult result = LoadGenerator.run(load).requireOnly(200);
    System.out.printf(
        "%-36s %7.0f a second, p50 %.2f ms, p99 %.2f ms%n",
        what, result.perSecond(), result.millisAt(50), result.millisAt(99));
  }

  /** The server makes the first of the other models by itself when all has been read. */
  private static void awaitModels(ServerProcess server) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(server.uri("/stats"))
              .header("X-API-Key", ServerProcess.KEY)
              .build();
      while (!MODELS_MADE.matcher(client.send(request, BodyHandlers.ofString()).body()).find()) {
        if (System.nanoTime() > end) throw new IllegalStateException("no models are made");
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private static void post(ServerProcess server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(server.uri(path))
              .header("X-API-Key", ServerProcess.KEY)
              .POST(BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
    }
  }
}
