package dev.kindred.recommend;

import static dev.kindred.recommend.LiveShop.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityType;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Part;
import dev.kindred.recommend.Request.Boost;
import dev.kindred.recommend.Request.Mix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private static final int ROUNDS = 30;

  private static Request.Builder forUser(String user) {
    return Request.builder(5).user(user);
  }

  private static AttributeFilter where(String attribute, Operator operator, String... values) {
    return new AttributeFilter(List.of(new Condition(attribute, operator, List.of(values))));
  }

  /** Boots go with coats, by what bob did; sandals are shoes like boots. */
  private static LiveShop shop() {
    return new LiveShop()
        .put("boots", "{\"category\":\"shoes\",\"price\":99}")
        .put("sandals", "{\"category\":\"shoes\",\"price\":59}")
        .put("coat", "{\"category\":\"jackets\",\"price\":199}")
        .put("hat", "{\"category\":\"hats\",\"price\":25}")
        .happens("bob", "purchase", "boots")
        .happens("bob", "purchase", "coat");
  }

  @Test
  void a_click_changes_the_very_next_answer() {
    var shop = shop();
    List<String> before = ids(shop.recommend(forUser("ann")));
    shop.happens("ann", "click", "boots");
    Recommendation after = shop.recommend(forUser("ann").explain(true));
    assertThat(before).contains("boots");
    assertThat(ids(after)).doesNotContain("boots").startsWith("coat");
    assertThat(after.items().getFirst().explanation().orElseThrow().because().getFirst().id())
        .isEqualTo("boots");
    assertThat(after.position()).isEqualTo(shop.store().log().head());
  }

  @Test
  void what_a_user_likes_stands_before_what_is_only_new_of_another_type() {
    var shop = shop();
    var film = new EntityType("film");
    for (int n = 0; n < 9; n++) shop.put(film, "film-" + n, "{}", Availability.ALWAYS);
    shop.happens("ann", "click", "boots");

    assertThat(ids(shop.recommend(forUser("ann"))))
        .startsWith("coat", "sandals")
        .doesNotContain("boots")
        .hasSize(5);
    assertThat(ids(shop.recommend(Request.builder(5).like(List.of("boots")))))
        .startsWith("sandals", "coat")
        .hasSize(5);
  }

  @Test
  void a_short_list_is_the_beginning_of_one_that_holds_everything() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var shop = new LiveShop();
      for (int n = 0; n < 150; n++) {
        shop.put(
            "p" + n,
            "{\"category\":\"c%d\",\"brand\":\"b%d\",\"tags\":[\"t%d\",\"t%d\"]}"
                .formatted(n % 7, random.nextInt(12), random.nextInt(20), random.nextInt(20)));
      }
      for (int n = 0; n < 900; n++) {
        int item = (int) (150 * Math.pow(random.nextDouble(), 2));
        shop.happens("u" + random.nextInt(60), "click", "p" + item);
      }
      for (double content : new double[] {0, 0.02, 0.3, 0.7, 1}) {
        var asked =
            forUser("u" + random.nextInt(60)).mix(Optional.of(new Mix(1 - content, content)));
        List<String> all = scored(shop.recommend(asked.count(150)));
        assertThat(scored(shop.recommend(asked.count(8))))
            .as("seed %d, content %s", seed, content)
            .isEqualTo(all.subList(0, 8));
      }
    }
  }

  private static List<String> scored(Recommendation list) {
    return list.items().stream().map(item -> item.id() + " " + item.score()).toList();
  }

  @Test
  void nobody_we_know_gets_a_full_list_and_is_told_so() {
    Recommendation list = shop().recommend(forUser("stranger").count(4));
    assertThat(list.coldStart()).isTrue();
    assertThat(list.items()).hasSize(4);
  }

  @Test
  void somebody_erased_leaves_no_trace_in_what_is_popular_and_trending() {
    var random = new Random(5);
    var shop = shop();
    var never = shop();
    for (int n = 0; n < 40; n++) {
      // Weights that do not add up exactly, at times that decay.
      shop.happens("ann", n % 3 == 0 ? "click" : "like", random.nextBoolean() ? "hat" : "sandals");
    }
    shop.erase("ann");
    for (Algorithm algorithm : List.of(Algorithm.POPULAR, Algorithm.TRENDING)) {
      assertThat(reasons(shop, algorithm)).isEqualTo(reasons(never, algorithm));
    }
  }

  private static List<String> reasons(LiveShop shop, Algorithm algorithm) {
    return shop.recommend(Request.builder(9).algorithm(algorithm)).items().stream()
        .map(item -> item.id() + " " + item.reason())
        .toList();
  }

  @Test
  void what_is_deleted_is_never_shown_again() {
    var shop = shop().delete("coat");
    for (Algorithm algorithm : Algorithm.values()) {
      assertThat(ids(shop.recommend(forUser("ann").algorithm(algorithm)))).doesNotContain("coat");
    }
  }

  @Test
  void what_comes_back_under_the_same_id_is_another_entity() {
    var shop = shop().delete("coat").put("coat", "{\"category\":\"hats\"}");
    assertThat(ids(shop.recommend(forUser("ann").count(9)))).containsOnlyOnce("coat");
    assertThat(shop.recommend(Request.builder(9).algorithm(Algorithm.POPULAR)).items())
        .filteredOn(item -> item.id().equals("coat"))
        .allMatch(item -> item.reason() == Reason.NEW);
  }

  @Test
  void what_is_not_available_now_is_not_shown() {
    var shop =
        shop()
            .put(
                LiveShop.PRODUCT,
                "late",
                "{}",
                new Availability(
                    Optional.of(Instant.parse("2030-01-01T00:00:00Z")), Optional.empty()))
            .put(
                LiveShop.PRODUCT,
                "over",
                "{}",
                new Availability(
                    Optional.empty(), Optional.of(Instant.parse("2020-01-01T00:00:00Z"))));
    assertThat(ids(shop.recommend(forUser("ann").count(9)))).doesNotContain("late", "over");
  }

  @Test
  void a_new_entity_is_shown_by_what_it_is_like_in_the_very_next_answer() {
    var shop = shop().happens("ann", "purchase", "boots");
    shop.put("sneakers", "{\"category\":\"shoes\",\"price\":89}");
    assertThat(ids(shop.recommend(forUser("ann").algorithm(Algorithm.CONTENT_BASED).count(2))))
        .contains("sneakers");
  }

  @Test
  void a_mix_of_one_source_is_that_source() {
    var shop = shop().happens("ann", "click", "boots").happens("ann", "view", "hat");
    assertThat(shop.recommend(forUser("ann").mix(Optional.of(new Mix(1, 0)))).items())
        .isEqualTo(shop.recommend(forUser("ann").algorithm(Algorithm.COLLABORATIVE)).items());
    assertThat(shop.recommend(forUser("ann").mix(Optional.of(new Mix(0, 1)))).items())
        .isEqualTo(shop.recommend(forUser("ann").algorithm(Algorithm.CONTENT_BASED)).items());
  }

  @Test
  void a_dislike_counts_against() {
    var shop = shop().happens("ann", "dislike", "boots");
    var list = shop.recommend(forUser("ann").algorithm(Algorithm.COLLABORATIVE));
    assertThat(list.items()).noneMatch(item -> item.reason() == Reason.SIMILAR_ITEMS);
  }

  @Test
  void what_was_only_shown_may_be_shown_again() {
    var shop = shop().happens("ann", "impression", "hat");
    assertThat(ids(shop.recommend(forUser("ann").count(4)))).contains("hat");
  }

  @Test
  void who_wants_to_see_known_things_does() {
    var shop = shop().happens("ann", "click", "boots");
    assertThat(ids(shop.recommend(forUser("ann").seen(true).count(4)))).contains("boots");
  }

  @Test
  void a_boost_raises_and_says_so() {
    var shop = shop().happens("ann", "click", "boots");
    var boosted =
        shop.recommend(
            forUser("ann")
                .boosts(List.of(new Boost(where("category", Operator.IN, "shoes"), 50)))
                .explain(true));
    Item first = boosted.items().getFirst();
    assertThat(first.id()).isEqualTo("sandals");
    assertThat(first.explanation().orElseThrow().parts())
        .anyMatch(part -> part.source() == Reason.BOOST && part.value() > 0);
  }

  @Test
  void who_is_missing_is_told_why() {
    var shop = shop().happens("ann", "click", "boots");
    var list =
        shop.recommend(
            forUser("ann")
                .count(1)
                .filter(where("category", Operator.NOT_IN, "hats"))
                .explainMissing(List.of("boots", "hat", "sandals", "nothing")));
    assertThat(list.missing())
        .extracting(Recommendation.Missing::id, Recommendation.Missing::rule)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("boots", "seen"),
            org.assertj.core.groups.Tuple.tuple("hat", "filter"),
            org.assertj.core.groups.Tuple.tuple("sandals", "outranked"),
            org.assertj.core.groups.Tuple.tuple("nothing", "not_there"));
  }

  @Test
  void a_short_list_says_which_rules_took_the_rest() {
    var shop = shop().happens("ann", "click", "boots");
    var list =
        shop.recommend(forUser("ann").count(10).filter(where("price", Operator.AT_MOST, "100")));
    assertThat(ids(list)).containsExactlyInAnyOrder("sandals", "hat");
    assertThat(list.shortfall()).containsEntry("seen", 1).containsEntry("filter", 1);
  }

  @Test
  void what_happened_ages_ago_weighs_nothing_and_breaks_nothing() {
    var shop = new LiveShop().put("old", "{}").put("new", "{}").happens("ann", "view", "old");
    shop.passes(Duration.ofDays(100_000)).happens("ann", "impression", "new");
    for (Algorithm algorithm : Algorithm.values()) {
      var list =
          shop.recommend(Request.builder(2).algorithm(algorithm).windowDays(Optional.of(1.0)));
      assertThat(ids(list)).as(algorithm.word()).containsExactlyInAnyOrder("old", "new");
      assertThat(list.items()).allMatch(item -> item.score() >= 0 && item.score() <= 1);
    }
  }

  @Test
  void full_lists_come_whenever_enough_is_eligible() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = System.nanoTime();
      var random = new Random(seed);
      var world = World.random(random);
      for (Algorithm algorithm : Algorithm.values()) {
        AttributeFilter filter = world.filter(random);
        String user = "u" + random.nextInt(12);
        int count = 1 + random.nextInt(20);
        var request =
            Request.builder(count)
                .user(user)
                .algorithm(algorithm)
                .filter(filter)
                .diversity(random.nextInt(3) == 0 ? 0.5 : 0)
                .explain(random.nextBoolean());
        Recommendation list = world.shop.recommend(request);
        Set<String> eligible = world.eligible(user, filter);
        String about = "seed " + seed + ", " + algorithm + ", " + user + ", " + filter;
        assertThat(list.items()).as(about).hasSize(Math.min(count, eligible.size()));
        assertThat(eligible).as(about).containsAll(ids(list));
        assertThat(ids(list)).as(about).doesNotHaveDuplicates();
        assertSorted(list, about);
        assertPartsAddUp(list, about);
        assertThat(world.shop.recommend(request)).as(about).isEqualTo(list);
      }
    }
  }

  private static void assertSorted(Recommendation list, String about) {
    for (int n = 0; n < list.items().size(); n++) {
      Item item = list.items().get(n);
      assertThat(item.score()).as(about).isBetween(0f, 1f);
      if (n == 0) continue;
      Item before = list.items().get(n - 1);
      boolean inOrder =
          before.score() > item.score()
              || (before.score() == item.score() && before.id().compareTo(item.id()) < 0);
      assertThat(inOrder).as(about + ": " + before + " before " + item).isTrue();
    }
  }

  private static void assertPartsAddUp(Recommendation list, String about) {
    for (Item item : list.items()) {
      if (item.explanation().isEmpty()) continue;
      float sum = 0;
      for (Part part : item.explanation().get().parts()) sum += part.value();
      assertThat(sum)
          .as(about + ": " + item)
          .isCloseTo(item.score(), within(Math.ulp(item.score())));
    }
  }

  /** A shop with random contents, and what is known about it by other means. */
  private static final class World {
    final LiveShop shop = new LiveShop();
    private final List<Product> products = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private record Product(String id, String category, int price, boolean isThere) {}

    static World random(Random random) {
      var world = new World();
      int size = 5 + random.nextInt(60);
      for (int n = 0; n < size; n++) {
        var product =
            new Product(
                "p" + n, "c" + random.nextInt(4), random.nextInt(100), random.nextInt(8) > 0);
        world.products.add(product);
        world.shop.put(
            product.id,
            "{\"category\":\"" + product.category + "\",\"price\":" + product.price + "}");
      }
      String[] types = {"view", "click", "purchase", "dislike", "like"};
      for (int n = 0; n < 5 * size; n++) {
        String user = "u" + random.nextInt(10);
        String id = world.products.get((int) (size * Math.pow(random.nextDouble(), 2))).id;
        world.shop.happens(user, types[random.nextInt(types.length)], id);
        world.seen.add(user + " " + id);
      }
      for (Product product : world.products) {
        if (!product.isThere) world.shop.delete(product.id);
      }
      return world;
    }

    AttributeFilter filter(Random random) {
      var conditions = new ArrayList<Condition>();
      if (random.nextBoolean()) {
        conditions.add(
            new Condition("category", Operator.IN, List.of("c" + random.nextInt(4), "c0")));
      }
      if (random.nextInt(3) == 0) {
        conditions.add(
            new Condition(
                "price", Operator.AT_LEAST, List.of(Integer.toString(random.nextInt(100)))));
      }
      if (random.nextInt(3) == 0) {
        conditions.add(new Condition("category", Operator.NOT_IN, List.of("c1")));
      }
      return new AttributeFilter(conditions);
    }

    Set<String> eligible(String user, AttributeFilter filter) {
      var eligible = new HashSet<String>();
      for (Product product : products) {
        boolean shown = product.isThere && !seen.contains(user + " " + product.id);
        if (shown && filter.conditions().stream().allMatch(one -> meets(product, one))) {
          eligible.add(product.id);
        }
      }
      return eligible;
    }

    private static boolean meets(Product product, Condition condition) {
      return switch (condition.operator()) {
        case IN -> condition.values().contains(product.category);
        case NOT_IN -> !condition.values().contains(product.category);
        case AT_LEAST -> product.price >= condition.bound();
        case AT_MOST -> product.price <= condition.bound();
      };
    }
  }
}
