package dev.kindred.bench.serve;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A shop of chosen size, always the same for the same seed: products in groups, users with a taste
 * for one of them, and popularity that falls off as Zipf found.
 */
final class Population {
  static final int GROUPS = 50;

  private static final double OWN_TASTE = 0.7;
  private static final long START_SECONDS = 1_735_689_600;
  private static final int SECONDS_APART = 25;
  private static final String[] TYPES = {"view", "view", "view", "click", "purchase"};

  private final int entities;
  private final int users;
  private final SplittableRandom random;
  private long interactions;

  Population(int entities, int users, long seed) {
    this.entities = entities;
    this.users = users;
    this.random = new SplittableRandom(seed);
  }

  /** The products from one number up to another, as a bulk request. */
  String products(int from, int to) {
    var json = new StringBuilder((to - from) * 170).append("{\"entities\":[");
    for (int n = from; n < to; n++) {
      if (n > from) json.append(',');
      json.append(
          "{\"entity_id\":\"p%d\",\"entity_type\":\"product\",\"attributes\":{\"name\":\"item %d model %d\",\"category\":\"c%d\",\"brand\":\"b%d\",\"price\":%d,\"tags\":[\"t%d\",\"t%d\"]}}"
              .formatted(
                  n,
                  n % 977,
                  n % 389,
                  n % GROUPS,
                  n * 7 % 400,
                  5 + random.nextInt(300),
                  random.nextInt(200),
                  random.nextInt(200)));
    }
    return json.append("]}").toString();
  }

  /** The next interactions, a line each. */
  String lines(int count) {
    var lines = new StringBuilder(count * 120);
    for (int n = 0; n < count; n++) lines.append(interaction(true)).append('\n');
    return lines.toString();
  }

  /** The next interaction, which happens now. */
  String interaction() {
    return interaction(false);
  }

  private String interaction(boolean isTimed) {
    int user = random.nextInt(users);
    String when =
        isTimed ? ",\"timestamp\":" + (START_SECONDS + SECONDS_APART * interactions++) : "";
    return String.format(
        Locale.ROOT,
        "{\"user_id\":\"u%d\",\"entity_id\":\"p%d\",\"entity_type\":\"product\",\"interaction_type\":\"%s\"%s}",
        user,
        product(user),
        TYPES[random.nextInt(TYPES.length)],
        when);
  }

  private int product(int user) {
    if (random.nextDouble() >= OWN_TASTE) return zipf(entities);
    return zipf(entities / GROUPS) * GROUPS + user % GROUPS;
  }

  private int zipf(int size) {
    return Math.min(size - 1, (int) Math.pow(size, random.nextDouble()));
  }

  int user() {
    return random.nextInt(users);
  }

  int product() {
    return random.nextInt(entities);
  }
}
