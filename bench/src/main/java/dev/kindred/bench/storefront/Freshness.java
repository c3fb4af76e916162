package dev.kindred.bench.storefront;

import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.BenchDatabase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long it takes from a commit in the shop's own database until the pages know of it. */
final class Freshness {

  private static final int TIMES = 5;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_MILLIS = 10;
  private static final Pattern FIRST_ITEM = Pattern.compile("\"items\":\\[([0-9]+)");

  private final ServerProcess server;
  private final BenchDatabase shop;

  Freshness(ServerProcess server, BenchDatabase shop) {
    this.server = server;
    this.shop = shop;
  }

  void measure() throws Exception {
    double like = 0;
    double soldOut = 0;
    for (int n = 0; n < TIMES; n++) {
      like = Math.max(like, untilALikeCounts(900_000_000L + System.nanoTime() % 90_000_000L));
      soldOut = Math.max(soldOut, untilSoldOutIsGone());
    }
    System.out.printf(
        "a like counts in the next page after %.2f s, what is sold out is gone after %.2f s, at"
            + " most, of %d each%n",
        like, soldOut, TIMES);
  }

  private double untilALikeCounts(long visitor) throws Exception {
    String body = "{\"user_id\":%d,\"geo_id\":213}".formatted(visitor);
    long item = first("/personalized", body);
    shop.run(
        "insert into likes (user_id, present_id, created_at) values (%d, %d, now())"
            .formatted(visitor, item));
    return secondsUntil("/personalized", body, page -> page.contains("content_based"));
  }

  private double untilSoldOutIsGone() throws Exception {
    String body = "{\"user_params\":{\"geo_id\":213}}";
    long item = first("/popular", body);
    String sell = "update presents set status = '%s' where id = %d";
    shop.run(sell.formatted("sold_out", item));
    double seconds = secondsUntil("/popular", body, page -> firstIn(page) != item);
    shop.run(sell.formatted("in_stock", item));
    secondsUntil("/popular", body, page -> firstIn(page) == item);
    return seconds;
  }

  private double secondsUntil(String path, String body, Predicate<String> isThere)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!isThere.test(post(path, body))) {
      if (System.nanoTime() - start > PATIENCE_NANOS)
        throw new IOException(path + " does not know of it after a minute");
      Thread.sleep(LOOK_MILLIS);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private long first(String path, String body) throws IOException, InterruptedException {
    return firstIn(post(path, body));
  }

  private static long firstIn(String page) {
    Matcher found = FIRST_ITEM.matcher(page);
    if (!found.find()) throw new IllegalStateException("no item in " + page);
    return Long.parseLong(found.group(1));
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(server.uri(path))
              .header("X-API-Key", ServerProcess.KEY)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) throw new IOException(answer.body());
      return answer.body();
    }
  }
}
