package dev.kindred.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A shop that was made up: products of some departments, and users who like one to three of those
 * and have so much to spend. A few products sell well, most seldom, as in real shops; who buys
 * something has looked at it before.
 */
final class DemoShop {

  static final int PRODUCTS = 5_000;
  static final int USERS = 2_000;

  private static final long SEED = 25;
  private static final int VISITS = 8;
  private static final int LOOKS_A_VISIT = 4;
  private static final int SECONDS_BETWEEN_LOOKS = 45;

  /** What a department sells, and about what its things cost. */
  private record Department(String name, double price, List<String> things) {}

  private static final List<Department> DEPARTMENTS =
      List.of(
          new Department(
              "kitchen",
              35,
              List.of(
                  "kettle",
                  "saucepan",
                  "chef's knife",
                  "teapot",
                  "cutting board",
                  "mixing bowl",
                  "pepper mill")),
          new Department(
              "garden",
              28,
              List.of("rake", "trowel", "planter", "garden hose", "watering can", "bird feeder")),
          new Department(
              "books",
              18,
              List.of(
                  "atlas", "novel", "cookbook", "field guide", "biography", "poetry collection")),
          new Department(
              "outdoor",
              90,
              List.of(
                  "tent",
                  "lantern",
                  "backpack",
                  "camping stove",
                  "sleeping bag",
                  "trekking poles")),
          new Department(
              "music",
              120,
              List.of("ukulele", "metronome", "hand drum", "flute", "tuner", "guitar strings")),
          new Department(
              "toys",
              22,
              List.of("puzzle", "kite", "marble run", "wooden train", "yo-yo", "board game")),
          new Department(
              "clothing",
              55,
              List.of(
                  "rain jacket", "wool jumper", "linen shirt", "scarf", "beanie", "work trousers")),
          new Department(
              "office",
              24,
              List.of(
                  "desk lamp",
                  "notebook",
                  "fountain pen",
                  "bookend",
                  "paper tray",
                  "wall calendar")),
          new Department(
              "sport",
              60,
              List.of(
                  "yoga mat",
                  "skipping rope",
                  "dumbbell",
                  "football",
                  "badminton set",
                  "swim goggles")),
          new Department(
              "home",
              48,
              List.of(
                  "blanket", "cushion", "picture frame", "vase", "wall clock", "candle holder")));
  private static final List<String> BRANDS =
      List.of(
          "Alder",
          "Brook & Co",
          "Cobalt",
          "Dovetail",
          "Elm Street",
          "Fernhill",
          "Granite",
          "Harbour",
          "Inkwell",
          "Juniper",
          "Kestrel",
          "Larkspur");
  private static final List<String> LOOKS =
      List.of(
          "red",
          "blue",
          "oak",
          "steel",
          "enamel",
          "travel",
          "classic",
          "small",
          "large",
          "walnut",
          "matt black",
          "ivory",
          "copper",
          "striped",
          "everyday");

  private final Instant now;
  private final Random random = new Random(SEED);
  private final List<Double> prices = new ArrayList<>(PRODUCTS);

  DemoShop(Instant now) {
    this.now = now;
  }

  /** A line of JSON a product; products of a department are ten numbers apart. */
  String entities() {
    var lines = new StringBuilder(200 * PRODUCTS);
    for (int i = 1; i <= PRODUCTS; i++) {
      Department department = DEPARTMENTS.get(i % DEPARTMENTS.size());
      String thing = pick(department.things());
      String look = pick(LOOKS);
      String brand = pick(BRANDS);
      double price =
          Math.max(2, Math.round(department.price() * Math.exp(0.6 * random.nextGaussian())))
              - 0.05;
      prices.add(price);
      lines.append("{\"entity_id\":\"product-").append(i);
      lines.append("\",\"entity_type\":\"product\",\"attributes\":{\"name\":\"").append(brand);
      lines.append(' ').append(look).append(' ').append(thing);
      lines.append("\",\"category\":\"").append(department.name());
      lines.append("\",\"brand\":\"").append(brand);
      lines.append("\",\"price\":").append(String.format(Locale.ROOT, "%.2f", price));
      lines.append(",\"in_stock\":").append(random.nextInt(20) > 0);
      lines.append(",\"tags\":[\"").append(look).append("\",\"").append(thing).append("\"]}}\n");
    }
    return lines.toString();
  }

  /** A line of JSON for everything that somebody did in the last month; after {@link #entities}. */
  String interactions() {
    var lines = new StringBuilder(100 * USERS * VISITS * LOOKS_A_VISIT);
    for (int user = 1; user <= USERS; user++) {
      int[] tastes = random.ints(1 + random.nextInt(3), 0, DEPARTMENTS.size()).toArray();
      double purse = Math.exp(0.5 * random.nextGaussian());
      for (int visit = 0; visit < VISITS; visit++) {
        Instant at = now.minus(Duration.ofSeconds(600 + random.nextInt(30 * 24 * 3_600)));
        visit(lines, user, tastes[random.nextInt(tastes.length)], purse, at);
      }
    }
    return lines.toString();
  }

  private void visit(StringBuilder lines, int user, int taste, double purse, Instant begin) {
    Instant at = begin;
    for (int look = 0; look < LOOKS_A_VISIT; look++) {
      int department = random.nextInt(8) == 0 ? random.nextInt(DEPARTMENTS.size()) : taste;
      int product = product(department);
      add(lines, user, product, "view", at);
      double chance = purse * DEPARTMENTS.get(department).price() / (4 * prices.get(product - 1));
      if (random.nextDouble() < chance) {
        add(lines, user, product, "add_to_cart", at.plusSeconds(15));
        if (random.nextInt(2) == 0) add(lines, user, product, "purchase", at.plusSeconds(40));
      }
      at = at.plusSeconds(SECONDS_BETWEEN_LOOKS + random.nextInt(SECONDS_BETWEEN_LOOKS));
    }
  }

  /** One of a department; the first ones are the popular ones. */
  private int product(int department) {
    int count = PRODUCTS / DEPARTMENTS.size();
    double skewed = Math.pow(random.nextDouble(), 2.5);
    int number = DEPARTMENTS.size() * (int) (count * skewed) + department;
    return number == 0 ? PRODUCTS : number;
  }

  private static void add(StringBuilder lines, int user, int product, String type, Instant at) {
    lines.append("{\"user_id\":\"user-").append(user);
    lines.append("\",\"entity_id\":\"product-").append(product);
    lines.append("\",\"entity_type\":\"product\",\"interaction_type\":\"").append(type);
    lines.append("\",\"timestamp\":\"").append(at).append("\"}\n");
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
