package dev.kindred.recommend;

import static dev.kindred.recommend.LiveShop.PRODUCT;
import static dev.kindred.recommend.LiveShop.TENANT;
import static dev.kindred.recommend.LiveShop.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.learn.Taste;
import dev.kindred.learn.Training;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Missing;
import dev.kindred.recommend.Recommendation.Part;
import dev.kindred.recommend.Request.Mix;
import dev.kindred.store.Store;
import dev.kindred.testing.SettableClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lists owe to vectors, whoever searches these: the process or the database. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
abstract class VectorSearchContract {
  private static final int ITEMS = 300;

  /** A vector in the index has a byte for each number, and in the database half precision. */
  private static final float PRECISION = 0.02f;

  final SettableClock clock = SettableClock.atNoon();
  final AtomicLong nanoTime = new AtomicLong();
  Store store;
  LiveShop shop;

  /** A store in which nothing has happened yet. */
  abstract Store open();

  @BeforeEach
  void openShop() {
    store = open();
    shop = new LiveShop(store, nanoTime::get);
  }

  @AfterEach
  void closeShop() {
    store.close();
  }

  private void fill(SplittableRandom random) {
    var all = new LinkedHashMap<String, String>();
    for (int n = 0; n < ITEMS; n++) {
      all.put(
          "p" + n,
          "{\"category\":\"c%d\",\"brand\":\"b%d\",\"tags\":[\"t%d\",\"t%d\"],\"n\":%d}"
              .formatted(n % 7, random.nextInt(12), random.nextInt(20), random.nextInt(20), n));
    }
    shop.putAll(all);
  }

  /** Six users, ten clicks each. */
  private void click(SplittableRandom random) {
    for (int n = 0; n < 60; n++) {
      shop.happens("u" + n % 6, "click", "p" + random.nextInt(40));
    }
  }

  private static Request.Builder byContent(String user) {
    return Request.builder(8).user(user).algorithm(Algorithm.CONTENT_BASED);
  }

  private static AttributeFilter where(String attribute, Operator operator, String... values) {
    return new AttributeFilter(List.of(new Condition(attribute, operator, List.of(values))));
  }

  /** Vectors at unit length, by id. */
  private Map<String, float[]> vectors() {
    var vectors = new HashMap<String, float[]>();
    store
        .tenant(TENANT)
        .catalog()
        .scan(
            0,
            one ->
                one.entity()
                    .ifPresent(entity ->
                        vectors.put(
                            entity.key().id().value(), unit(entity.vector().values().clone()))));
    return vectors;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float x : vector) squares += (double) x * x;
    for (int i = 0; i < vector.length; i++) vector[i] /= (float) Math.sqrt(squares);
    return vector;
  }

  private static float dot(float[] one, float[] other) {
    float sum = 0;
    for (int i = 0; i < one.length; i++) sum += one[i] * other[i];
    return sum;
  }

  /** Compares a list with the slow twin: by scores, since many may be equally close. */
  private static void assertNearest(
      Recommendation list, Map<String, float[]> eligible, float[] aim, String about) {
    assertThat(list.isWhole()).as(about).isTrue();
    List<Float> best =
        eligible.values().stream()
            .map(vector -> Math.max(0f, dot(vector, aim)))
            .sorted((one, other) -> Float.compare(other, one))
            .limit(list.items().size())
            .toList();
    for (int n = 0; n < list.items().size(); n++) {
      Item item = list.items().get(n);
      assertThat(eligible).as(about).containsKey(item.id());
      assertThat(item.score())
          .as("%s, place %d", about, n)
          .isEqualTo(best.get(n), within(PRECISION));
      assertThat(item.score())
          .as("%s, place %d", about, n)
          .isEqualTo(Math.max(0f, dot(vectorOf(eligible, item), aim)), within(PRECISION));
    }
  }

  private static float[] vectorOf(Map<String, float[]> vectors, Item item) {
    return vectors.getOrDefault(item.id(), new float[0]);
  }

  @Test
  void what_is_like_an_entity_is_what_its_vector_is_closest_to() {
    for (long seed = 0; seed < 3; seed++) {
      var random = new SplittableRandom(seed);
      fill(random);
      Map<String, float[]> vectors = vectors();
      for (int n = 0; n < 5; n++) {
        String like = "p" + random.nextInt(ITEMS);
        var request =
            Request.builder(10).like(List.of(like)).algorithm(Algorithm.CONTENT_BASED).build();
        var others = new HashMap<>(vectors);
        float[] aim = vectors.getOrDefault(like, new float[0]);
        others.remove(like);
        Recommendation list = shop.recommend(request, LiveShop.USUAL);
        assertThat(list.items()).hasSize(10).allMatch(it -> it.reason() == Reason.SIMILAR_CONTENT);
        assertNearest(list, others, aim, "seed " + seed + ", like " + like);
      }
    }
  }

  @Test
  void filters_take_nothing_from_the_length_of_a_list_nor_from_its_order() {
    var random = new SplittableRandom(1);
    fill(random);
    Map<String, float[]> vectors = vectors();
    for (int n = 0; n < 12; n++) shop.happens("ann", "click", "p" + random.nextInt(ITEMS));
    float[] aim = aim("ann", vectors, new float[LiveShop.DIMENSION]);
    for (int most : new int[] {3, 9, 40, 150, 299}) {
      var eligible = new HashMap<>(vectors);
      eligible.keySet().removeIf(id -> Integer.parseInt(id.substring(1)) > most);
      Recommendation list =
          shop.recommend(
              byContent("ann")
                  .seen(true)
                  .filter(where("n", Operator.AT_MOST, String.valueOf(most))));
      assertThat(list.items()).as("up to %d", most).hasSize(Math.min(8, most + 1));
      assertNearest(list, eligible, aim, "up to " + most);
    }
  }

  /** What somebody's history is like: what counts, less what all items have in common. */
  private float[] aim(String user, Map<String, float[]> vectors, float[] common) {
    float[] aim = new float[LiveShop.DIMENSION];
    var tenant = shop.tenant();
    var deeds = tenant.deeds(tenant.user(user));
    var shelf = tenant.shelf(PRODUCT).orElseThrow();
    Taste taste = Taste.of(tenant, shelf, deeds, Long.MAX_VALUE, 0, new int[shelf.size()]);
    for (int n = 0; n < taste.size(); n++) {
      float[] vector = vectors.getOrDefault(shelf.id(taste.items()[n]), common);
      float weight = taste.weights()[n];
      for (int i = 0; i < aim.length; i++) aim[i] += weight * (vector[i] - common[i]);
    }
    return unit(aim);
  }

  @Test
  void a_short_list_is_the_beginning_of_one_that_holds_everything() {
    var random = new SplittableRandom(2);
    fill(random);
    for (int n = 0; n < 120; n++) {
      int item = (int) (ITEMS * Math.pow(random.nextDouble(), 2));
      shop.happens("u" + random.nextInt(12), "click", "p" + item);
    }
    for (double content : new double[] {0, 0.02, 0.3, 0.7, 1}) {
      for (double diversity : new double[] {0, 0.4}) {
        var asked =
            Request.builder(8)
                .user("u" + random.nextInt(12))
                .diversity(diversity)
                .mix(Optional.of(new Mix(1 - content, content)));
        Recommendation shorter = shop.recommend(asked.count(8));
        assertThat(shorter.isWhole()).isTrue();
        assertThat(new HashSet<>(ids(shorter))).hasSize(8);
        if (diversity > 0) continue;
        Recommendation all = shop.recommend(asked.count(ITEMS));
        assertThat(scores(shorter)).as("content %s", content).isEqualTo(scores(all).subList(0, 8));
      }
    }
  }

  /** What scores the same may be either. */
  private static List<Float> scores(Recommendation list) {
    return list.items().stream().map(Item::score).toList();
  }

  @Test
  void what_is_new_is_in_the_next_list_by_what_it_is_like_and_what_is_gone_is_not() {
    fill(new SplittableRandom(3));
    String attributes = "{\"category\":\"rare\",\"brand\":\"rare\",\"tags\":[\"r1\",\"r2\"]}";
    shop.put("first", attributes).happens("ann", "like", "first");
    assertThat(ids(shop.recommend(byContent("ann")))).doesNotContain("second");
    shop.put("second", attributes);
    assertThat(ids(shop.recommend(byContent("ann")))).startsWith("second");
    shop.delete("second");
    assertThat(ids(shop.recommend(byContent("ann")))).hasSize(8).doesNotContain("second");
    shop.put("second", "{\"category\":\"c1\"}").put("third", attributes);
    assertThat(ids(shop.recommend(byContent("ann")))).startsWith("third");
  }

  @Test
  void parts_add_up_and_the_user_is_told_what_carried_them() {
    var random = new SplittableRandom(4);
    fill(random);
    click(random);
    Recommendation list = shop.recommend(Request.builder(10).user("u1").explain(true));
    assertThat(list.isWhole()).isTrue();
    for (Item item : list.items()) {
      var why = item.explanation().orElseThrow();
      float sum = 0;
      for (Part part : why.parts()) sum += part.value();
      assertThat(sum).isEqualTo(item.score());
      boolean isAlike = why.parts().stream().anyMatch(it -> it.source() == Reason.SIMILAR_CONTENT);
      if (isAlike) assertThat(why.because()).isNotEmpty();
    }
  }

  @Test
  void what_is_missing_is_told_the_place_that_it_has_in_a_list_of_everything() {
    var random = new SplittableRandom(5);
    fill(random);
    click(random);
    List<Item> all = shop.recommend(Request.builder(ITEMS).user("u2")).items();
    for (int place : new int[] {10, 30, 100}) {
      String id = all.get(place).id();
      Recommendation list =
          shop.recommend(Request.builder(8).user("u2").explainMissing(List.of(id)));
      Missing missing = list.missing().getFirst();
      assertThat(missing.rule()).isEqualTo("outranked");
      assertThat(missing.score()).isEqualTo(all.get(place).score());
      // What scores the same stands by another order in lists.
      assertThat(all.get(missing.rank() - 1).score()).isEqualTo(missing.score());
    }
  }

  @Test
  void entities_are_ranked_by_the_score_that_they_have_in_lists() {
    fill(new SplittableRandom(6));
    for (int n = 0; n < 6; n++) shop.happens("ann", "like", "p" + n);
    var scores = new HashMap<String, Float>();
    Request asked = byContent("ann").seen(true).count(ITEMS).build();
    for (Item item : shop.recommend(asked, LiveShop.USUAL).items()) {
      scores.put(item.id(), item.score());
    }
    List<String> some = Stream.of(7, 99, 150, 220).map(n -> "p" + n).toList();
    var ranked = shop.recommender().rank(shop.tenant(), asked, some, LiveShop.USUAL, 0);
    assertThat(ranked.isWhole()).isTrue();
    for (var one : ranked.items()) {
      assertThat(one.score()).isEqualTo(scores.getOrDefault(one.id(), -1f), within(1e-3f));
    }
  }

  @Test
  void after_learning_lists_are_by_what_sets_a_history_apart() throws Exception {
    var random = new SplittableRandom(7);
    fill(random);
    for (int n = 0; n < 900; n++) {
      shop.happens("u" + random.nextInt(40), "click", "p" + random.nextInt(ITEMS));
    }
    try (var threads = Executors.newFixedThreadPool(2)) {
      new Training(shop.learning(), store.models(), _ -> 0, 2e8, threads, 2, clock)
          .rebuild(TENANT, () -> {}, () -> {});
    }
    var shelf = shop.tenant().shelf(PRODUCT).orElseThrow();
    assertThat(shelf.learned().isNothing()).isFalse();
    assertThat(shelf.learned().contentShare()).isBetween(0f, 1f);
    Map<String, float[]> vectors = vectors();
    float[] common = new float[LiveShop.DIMENSION];
    for (float[] vector : vectors.values()) {
      for (int i = 0; i < common.length; i++) common[i] += vector[i] / vectors.size();
    }
    for (int n = 0; n < 5; n++) {
      String user = "u" + random.nextInt(40);
      Recommendation list = shop.recommend(byContent(user).seen(true));
      assertNearest(list, vectors, aim(user, vectors, common), user);
    }
  }

  @Test
  void neighbours_of_an_entity_are_found_whatever_is_recommended() {
    fill(new SplittableRandom(8));
    Map<String, float[]> vectors = vectors();
    var tenant = shop.tenant();
    var shelf = tenant.shelf(PRODUCT).orElseThrow();
    float[] aim = vectors.getOrDefault("p5", new float[0]);
    List<Integer> near = tenant.readWithVectors(at -> shelf.near(shelf.find("p5"), 10, at));
    assertThat(near).hasSize(10);
    float least = Float.MAX_VALUE;
    for (int number : near) {
      String id = shelf.id(tenant.item(shelf, number));
      assertThat(id).isNotEqualTo("p5");
      least = Math.min(least, dot(vectors.getOrDefault(id, new float[0]), aim));
    }
    vectors.remove("p5");
    List<Float> best =
        vectors.values().stream()
            .map(vector -> dot(vector, aim))
            .sorted((one, other) -> Float.compare(other, one))
            .toList();
    assertThat(least).isEqualTo(best.get(9), within(PRECISION));
    assertThat(tenant.<List<Integer>>readWithVectors(at -> shelf.near(-1, 10, at))).isEmpty();
  }
}
