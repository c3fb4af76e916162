package dev.kindred.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.learn.SegmentPlan.Counting;
import dev.kindred.recommend.LiveShop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is popular with whom. */
final class SegmentsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);
  private static final long DAY = 86_400_000_000L;

  private record Deed(List<String> path, int item, double weight) {}

  @Test
  void the_shares_are_those_that_are_counted_by_hand() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int items = 1 + random.nextInt(30);
      var deeds = new ArrayList<Deed>();
      var segments = new Segments();
      for (int n = random.nextInt(300); n > 0; n--) {
        var deed = new Deed(path(random), random.nextInt(items), 1 + random.nextInt(3));
        deeds.add(deed);
        segments.add(deed.path(), deed.item(), deed.weight());
      }
      List<String> asked = path(random);

      double[] shares = segments.shares(asked, items);

      double[] expected = byHand(deeds, asked, items);
      for (int item = 0; item < items; item++) {
        assertThat(shares[item]).as("seed %s item %s", seed, item).isCloseTo(expected[item], CLOSE);
      }
    }
  }

  /** Level by level, counting all deeds each time. */
  private static double[] byHand(List<Deed> deeds, List<String> asked, int items) {
    double[] shares = new double[items];
    for (int level = 0; level <= asked.size(); level++) {
      List<String> slice = asked.subList(0, level);
      double[] counts = new double[items];
      double total = 0;
      boolean anybody = false;
      for (Deed deed : deeds) {
        if (!isIn(deed.path(), slice)) continue;
        counts[deed.item()] += deed.weight();
        total += deed.weight();
        anybody = true;
      }
      if (level > 0 && slice.getLast().isEmpty()) continue;
      if (level > 0 && !anybody) break;
      for (int item = 0; item < items; item++) {
        shares[item] =
            level == 0
                ? (counts[item] + 1e-3) / (total + 1e-3 * items)
                : (counts[item] + Segments.BORROWED * shares[item]) / (total + Segments.BORROWED);
      }
    }
    return shares;
  }

  /** Whether somebody has all the values that a slice is known by. */
  private static boolean isIn(List<String> values, List<String> slice) {
    for (int level = 0; level < slice.size(); level++) {
      if (slice.get(level).isEmpty()) continue;
      if (level >= values.size() || !values.get(level).equals(slice.get(level))) return false;
    }
    return true;
  }

  /** The last value is known, those before it may not be. */
  private static List<String> path(Random random) {
    var path = new ArrayList<String>();
    int levels = random.nextInt(4);
    for (int n = 1; n <= levels; n++) {
      boolean isKnown = n == levels || random.nextInt(4) > 0;
      path.add(isKnown ? "v" + random.nextInt(3) : "");
    }
    return path;
  }

  @Test
  void what_is_said_of_users_later_moves_what_they_did() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var moving = new LiveShop();
    var knowing = new LiveShop();
    for (LiveShop shop : List.of(moving, knowing)) {
      for (int item = 0; item < 12; item++) shop.put("item" + item, "{}");
    }
    for (int user = 0; user < 30; user++) {
      String last =
          "{\"gender\":\"" + (user % 2 == 0 ? "f" : "m") + "\",\"age\":" + 20 * (user % 3) + "}";
      knowing.says("user" + user, last);
      if (random.nextBoolean()) moving.says("user" + user, "{\"gender\":\"m\",\"geo_id\":5}");
      for (int n = 0; n < 10; n++) {
        String item = "item" + random.nextInt(12);
        for (LiveShop shop : List.of(moving, knowing)) shop.happens("user" + user, "click", item);
      }
      moving.says("user" + user, last);
    }
    for (var path :
        List.of(List.of(""), List.of("", "f"), List.of("", "m", "18-24"), List.of("5"))) {
      assertThat(shares(moving, path))
          .as("seed %s path %s", seed, path)
          .isEqualTo(shares(knowing, path));
    }
  }

  private static double[] shares(LiveShop shop, List<String> path) {
    Shelf shelf = shop.tenant().shelf(LiveShop.PRODUCT).orElseThrow();
    return shop.tenant().segments(shelf).shares(path, shelf.size());
  }

  @Test
  void a_slice_of_nobody_says_what_the_one_above_says() {
    var segments = new Segments();
    segments.add(List.of("213", "f"), 1, 5);
    segments.add(List.of("213", "m"), 2, 5);

    assertThat(segments.shares(List.of("213", "f", "25-34"), 3))
        .isEqualTo(segments.shares(List.of("213", "f"), 3));
    assertThat(segments.shares(List.of("nowhere"), 3)).isEqualTo(segments.shares(List.of(), 3));
    assertThat(segments.shares(List.of("213", "f"), 3)[1])
        .isGreaterThan(segments.shares(List.of("213", "m"), 3)[1]);
  }

  @Test
  void what_is_of_the_category_comes_first_but_not_alone() {
    var segments = new Segments();
    for (int n = 0; n < 100; n++) segments.add(List.of("213"), 0, 1);
    for (int n = 0; n < 40; n++) segments.add(List.of("213"), 1, 1);

    double[] within = segments.sharesWithin(List.of("213"), 3, item -> item == 1);

    assertThat(within[1]).isGreaterThan(within[0]);
    assertThat(within[0]).isGreaterThan(within[2]);
    assertThat(within[2]).isPositive();
  }

  @Test
  void what_is_taken_back_counts_no_more_and_nothing_falls_below_zero() {
    var segments = new Segments();
    segments.add(List.of("213"), 0, 3);
    segments.add(List.of("213"), 0, -3);
    segments.add(List.of("2"), 1, -3);

    double[] shares = segments.shares(List.of("213"), 2);

    assertThat(shares[0]).isEqualTo(shares[1]);
  }

  @Test
  void an_age_or_a_birthday_is_the_group_that_it_is_in() {
    assertThat(values("{\"birthday\":\"1996-03-02\",\"gender\":\"female\"}"))
        .containsEntry("age", "25-34")
        .containsEntry("gender", "f");
    assertThat(values("{\"birthday\":\"1991-03-02\"}")).containsEntry("age", "35-44");
    assertThat(values("{\"age\":17}")).containsEntry("age", "0-17");
    assertThat(values("{\"age\":\"25-34\"}")).containsEntry("age", "25-34");
    assertThat(values("{\"age_group\":\"55+\",\"age\":20}")).containsEntry("age", "55+");
    assertThat(SegmentPlan.USUAL.path(Map.of("geo_id", "213", "age", "25-34")))
        .as("what is not known in between is left out")
        .containsExactly("213", "", "25-34");
    assertThat(SegmentPlan.USUAL.path(Map.of("geo_id", "213"))).containsExactly("213");
    assertThat(SegmentPlan.USUAL.path(Map.of("colour", "red"))).isEmpty();
  }

  @Test
  void the_presets_count_as_they_say() {
    assertThat(Counting.ALL_TIME.of("click", 1, 900 * DAY)).isEqualTo(1);
    assertThat(Counting.ALL_TIME.of("like", 2, 900 * DAY)).isEqualTo(3);
    assertThat(Counting.LAST_90_DAYS.of("click", 1, 7 * DAY)).isEqualTo(3);
    assertThat(Counting.LAST_90_DAYS.of("click", 1, 30 * DAY)).isEqualTo(2);
    assertThat(Counting.LAST_90_DAYS.of("click", 1, 90 * DAY)).isEqualTo(1);
    assertThat(Counting.LAST_90_DAYS.of("like", 1, 8 * DAY)).isEqualTo(3);
    assertThat(Counting.LAST_90_DAYS.of("like", 1, 31 * DAY)).isEqualTo(1.5);
    assertThat(Counting.LAST_90_DAYS.of("like", 1, 91 * DAY)).isZero();
  }

  private static Map<String, String> values(String json) {
    JsonObject user = Json.object(json, Limits.ATTRIBUTES);
    return SegmentPlan.USUAL.values(user, NOW);
  }
}
