package dev.kindred.bench.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.bench.load.HttpRequest;
import dev.kindred.bench.load.Load;
import dev.kindred.bench.process.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What is written, always the same for the same seed: a shop of many users, with popular products
 * and others.
 */
final class Traffic {

  static final int USERS = 20_000;
  static final int PRODUCTS = 5_000;

  private static final int PREPARED = 20_000;
  private static final List<String> TYPES = List.of("view", "view", "view", "click", "purchase");
  private static final List<String> CATEGORIES =
      List.of("kitchen", "garden", "books", "toys", "shoes");

  private final SplittableRandom random;

  Traffic(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Requests that record one interaction each, made beforehand and sent in turn. */
  Load.Requests interactions() {
    List<byte[]> requests = new ArrayList<>(PREPARED);
    for (int i = 0; i < PREPARED; i++) {
      requests.add(HttpRequest.post("/api/v1/interactions", ServerProcess.KEY, interaction()));
    }
    int[] next = {0};
    return () -> requests.get(next[0]++ % PREPARED);
  }

  /** Requests that create a new entity each. */
  Load.Requests entities() {
    long[] next = {0};
    return () -> HttpRequest.post("/api/v1/entities", ServerProcess.KEY, entity(next[0]++));
  }

  /** So many interactions, a line each. */
  byte[] lines(int count) {
    var lines = new StringBuilder(count * 110);
    for (int i = 0; i < count; i++) lines.append(interaction()).append('\n');
    return lines.toString().getBytes(UTF_8);
  }

  int user() {
    return random.nextInt(USERS);
  }

  /** The square of a uniform number: few products get most of the attention. */
  int product() {
    double u = random.nextDouble();
    return (int) (u * u * PRODUCTS);
  }

  private String interaction() {
    return String.format(
        Locale.ROOT,
        "{\"user_id\":\"user-%d\",\"entity_id\":\"product-%d\","
            + "\"entity_type\":\"product\",\"interaction_type\":\"%s\"}",
        user(),
        product(),
        TYPES.get(random.nextInt(TYPES.size())));
  }

  private String entity(long id) {
    int brand = random.nextInt(100);
    return String.format(
        Locale.ROOT,
        "{\"entity_id\":\"product-%d\",\"entity_type\":\"product\",\"attributes\":"
            + "{\"name\":\"Useful thing %d of brand %d\",\"category\":\"%s\",\"brand\":\"brand-%d\","
            + "\"price\":%.2f,\"tags\":[\"tag-%d\",\"tag-%d\"]}}",
        id,
        random.nextInt(1_000),
        brand,
        CATEGORIES.get(random.nextInt(CATEGORIES.size())),
        brand,
        1 + 200 * random.nextDouble(),
        random.nextInt(300),
        random.nextInt(300));
  }
}
