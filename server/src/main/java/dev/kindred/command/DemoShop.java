package dev.kindred.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A shop that was made up: products of some categories, and users who like one or two of them. */
final class DemoShop {

  static final int PRODUCTS = 240;
  static final int USERS = 120;

  private static final long SEED = 25;
  private static final int LOOKS = 40;
  private static final List<String> CATEGORIES =
      List.of("kitchen", "garden", "books", "outdoor", "music", "toys");
  private static final List<List<String>> THINGS =
      List.of(
          List.of("kettle", "pan", "knife", "teapot"),
          List.of("rake", "trowel", "planter", "hose"),
          List.of("atlas", "novel", "cookbook", "guide"),
          List.of("tent", "lantern", "backpack", "stove"),
          List.of("ukulele", "metronome", "drum", "flute"),
          List.of("puzzle", "kite", "marbles", "train"));
  private static final List<String> LOOKS_LIKE =
      List.of(
          "red", "blue", "oak", "steel", "enamel", "travel", "classic", "small", "large", "grand");

  private final Instant now;
  private final Random random = new Random(SEED);

  DemoShop(Instant now) {
    this.now = now;
  }

  /** A line of JSON a product. */
  String entities() {
    var lines = new StringBuilder();
    for (int i = 1; i <= PRODUCTS; i++) {
      int category = i % CATEGORIES.size();
      String thing = pick(THINGS.get(category));
      String look = pick(LOOKS_LIKE);
      lines.append(
          """
          {"entity_id":"product-%d","entity_type":"product","attributes":{"name":"%s %s",\
          "category":"%s","price":%s,"tags":["%s","%s"]}}
          """
              .formatted(
                  i,
                  Character.toUpperCase(look.charAt(0)) + look.substring(1),
                  thing,
                  CATEGORIES.get(category),
                  String.format(Locale.ROOT, "%.2f", 4 + random.nextInt(120) + 0.9),
                  look,
                  thing));
    }
    return lines.toString();
  }

  /** A line of JSON for everything that somebody did in the last month. */
  String interactions() {
    var lines = new StringBuilder();
    for (int user = 1; user <= USERS; user++) {
      int taste = random.nextInt(CATEGORIES.size());
      for (int look = 0; look < LOOKS; look++) {
        int category = random.nextInt(4) == 0 ? random.nextInt(CATEGORIES.size()) : taste;
        int product = CATEGORIES.size() * random.nextInt(PRODUCTS / CATEGORIES.size()) + category;
        String type = look % 10 == 9 ? "purchase" : look % 4 == 3 ? "add_to_cart" : "view";
        Instant at = now.minus(Duration.ofSeconds(random.nextInt(30 * 24 * 3_600)));
        lines.append(
            """
            {"user_id":"user-%d","entity_id":"product-%d","entity_type":"product",\
            "interaction_type":"%s","timestamp":"%s"}
            """
                .formatted(user, Math.max(1, product), type, at));
      }
    }
    return lines.toString();
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
