package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Taste;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How well items suit a history, against the long way. */
final class ContentSharesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final List<String> GENDERS = List.of("m", "f", "any");

  /** What an item says of itself; every attribute may be missing or have several values. */
  private record Item(
      List<String> categories,
      List<String> ages,
      List<String> suitableFor,
      List<String> genders,
      List<String> platforms,
      double price,
      long daysOld) {

    static Item random(Random random) {
      return new Item(
          some(random, "category", 6),
          some(random, "age", 5),
          some(random, "for", 4),
          some(random, "", 3).stream().map(it -> GENDERS.get(Integer.parseInt(it))).toList(),
          some(random, "platform", 4),
          random.nextInt(8) == 0 ? -1 : 1 + random.nextInt(100),
          random.nextInt(8) == 0 ? -1 : random.nextInt(600));
    }

    private static List<String> some(Random random, String word, int kinds) {
      int first = random.nextInt(kinds);
      return switch (random.nextInt(6)) {
        case 0 -> List.of();
        case 1 -> List.of(word + first, word + (first + 1) % kinds);
        default -> List.of(word + first);
      };
    }

    String json() {
      var members = new ArrayList<String>();
      add(members, "category", categories);
      add(members, "age", ages);
      add(members, "suitable_for", suitableFor);
      add(members, "gender", genders);
      add(members, "platform", platforms);
      if (price >= 0) members.add("\"price\":" + price);
      if (daysOld >= 0)
        members.add("\"created_at\":\"" + NOW.minus(Duration.ofDays(daysOld)) + '"');
      return "{" + String.join(",", members) + "}";
    }

    private static void add(List<String> members, String name, List<String> values) {
      if (values.isEmpty()) return;
      String all = "\"" + String.join("\",\"", values) + "\"";
      members.add("\"" + name + "\":" + (values.size() == 1 ? all : "[" + all + "]"));
    }
  }

  @Test
  void it_scores_as_adding_up_every_deed_would() {
    for (long seed = 1; seed <= 20; seed++) {
      var random = new Random(seed);
      var shop = new LiveShop();
      var items = new ArrayList<Item>();
      for (int n = 0; n < 40; n++) {
        items.add(Item.random(random));
        shop.put("i" + n, items.get(n).json());
      }
      var taken = new ArrayList<Item>();
      for (int n = 0; n < 1 + random.nextInt(30); n++) {
        int item = random.nextInt(12);
        shop.happens("u", "like", "i" + item);
        taken.add(items.get(item));
      }
      ContentShares shares = shares(shop, "u");
      for (int n = 0; n < items.size(); n++) {
        assertThat(shares.score(n))
            .as("seed %d, %s after %s", seed, items.get(n), taken)
            .isCloseTo(slowly(items.get(n), taken), within(1e-6));
      }
    }
  }

  @Test
  void what_is_like_all_that_was_taken_reaches_the_full_score() {
    var all =
        new Item(
            List.of("books"),
            List.of("25-34"),
            List.of("friend"),
            List.of("f"),
            List.of("own"),
            50,
            0);
    var shop = new LiveShop().put("a", all.json()).put("b", all.json()).happens("u", "like", "a");

    assertThat(shares(shop, "u").score(1)).isCloseTo(1, within(1e-6));
  }

  @Test
  void a_time_without_a_zone_and_a_day_count_as_times_of_utc() {
    var shop = new LiveShop();
    shop.put("zone", "{\"created_at\":\"2025-07-01T00:00:00Z\"}");
    shop.put("none", "{\"created_at\":\"2025-07-01T00:00:00\"}");
    shop.put("space", "{\"created_at\":\"2025-07-01 00:00:00.000000\"}");
    shop.put("day", "{\"created_at\":\"2025-07-01\"}");
    shop.put("never", "{\"created_at\":\"last summer\"}");
    ContentShares shares = shares(shop, "nobody");

    assertThat(shares.score(0)).isGreaterThan(0);
    for (int item = 1; item <= 3; item++) assertThat(shares.score(item)).isEqualTo(shares.score(0));
    assertThat(shares.score(4)).isZero();
  }

  private static ContentShares shares(LiveShop shop, String user) {
    LiveTenant tenant = shop.tenant();
    return tenant.read(() -> {
      Shelf shelf = tenant.shelf(LiveShop.PRODUCT).orElseThrow();
      var deeds = tenant.deeds(tenant.user(user));
      Taste taste = Taste.of(tenant, shelf, deeds, Long.MAX_VALUE, 0, new int[shelf.size()]);
      return new ContentShares(shelf, taste, NOW.getEpochSecond() * 1_000_000);
    });
  }

  private static double slowly(Item item, List<Item> taken) {
    double score =
        .30 * share(item.categories(), taken.stream().map(Item::categories).toList())
            + .15 * share(item.ages(), taken.stream().map(Item::ages).toList())
            + .15 * share(item.suitableFor(), taken.stream().map(Item::suitableFor).toList())
            + .15 * share(item.platforms(), taken.stream().map(Item::platforms).toList());
    double gender = share(item.genders(), taken.stream().map(Item::genders).toList());
    score += .10 * (item.genders().contains("any") ? Math.max(.5, gender) : gender);
    double usual =
        taken.stream().mapToDouble(Item::price).filter(it -> it >= 0).average().orElse(-1);
    if (item.price() > 0 && usual > 0) {
      score += .10 * Math.min(item.price(), usual) / Math.max(item.price(), usual);
    }
    if (item.daysOld() >= 0) score += .05 * Math.max(0, 1 - item.daysOld() / 365.0);
    return Math.min(1, score);
  }

  private static double share(List<String> values, List<List<String>> taken) {
    long met = 0;
    for (String value : values) met += taken.stream().filter(it -> it.contains(value)).count();
    return Math.min(1, (double) met / taken.size());
  }
}
