package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.learn.Training;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is like an item, remembered, against the same made anew each time. */
class AlikesTest {
  private static final int ITEMS = 60;
  private static final int STEPS = 150;
  private static final String[] COLOURS = {"red", "green", "blue"};

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final LiveShop shop = new LiveShop();
  private final Recommender recommender = new Recommender(1);
  private final BitSet there = new BitSet();

  private void put(int item) {
    String colour = COLOURS[random.nextInt(COLOURS.length)];
    there.set(item);
    shop.put("item" + item, "{\"colour\":\"%s\",\"made\":\"%d\"}".formatted(colour, item % 7));
  }

  private void happens() {
    int user = random.nextInt(25);
    int item = 2 * random.nextInt(ITEMS / 2) + user % 2;
    shop.happens("user" + user, random.nextBoolean() ? "purchase" : "view", "item" + item);
  }

  private void fill() throws InterruptedException {
    for (int item = 0; item < ITEMS; item++) put(item);
    for (int n = 0; n < 400; n++) happens();
    train();
  }

  private void train() throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(1)) {
      training(threads).rebuild(LiveShop.TENANT, () -> {}, () -> {});
    }
  }

  private void refresh() {
    try (var threads = Executors.newFixedThreadPool(1)) {
      training(threads).refresh();
    }
  }

  private Training training(ExecutorService threads) {
    return new Training(
        shop.learning(), shop.store().models(), any -> 0, 1e8, threads, 1, () -> Instant.EPOCH);
  }

  private Request request() {
    var request =
        Request.builder(1 + random.nextInt(4)).like(List.of("item" + random.nextInt(ITEMS / 12)));
    if (random.nextInt(4) == 0) request.algorithm(Algorithm.CONTENT_BASED);
    if (random.nextInt(4) == 0) request.diversity(0.5);
    if (random.nextInt(4) == 0) {
      request.filter(
          new AttributeFilter(List.of(new Condition("colour", Operator.IN, List.of("red")))));
    }
    return request.build();
  }

  private void step() throws InterruptedException {
    switch (random.nextInt(12)) {
      case 0 -> put(random.nextInt(ITEMS));
      case 1 -> {
        int item = there.nextSetBit(random.nextInt(ITEMS / 2));
        there.clear(item);
        shop.delete("item" + item);
      }
      case 2 -> refresh();
      case 3 -> {
        if (random.nextInt(5) == 0) train();
      }
      default -> happens();
    }
  }

  private Recommendation made(Request request) {
    return new Recommender(1).recommend(shop.tenant(), request, LiveShop.USUAL, 0);
  }

  private Optional<Recommendation> remembered(Request request) {
    return shop.tenant().read(() -> recommender.remembered(shop.tenant(), request, LiveShop.USUAL));
  }

  @Test
  void what_is_remembered_is_what_would_be_made() throws InterruptedException {
    fill();
    int found = 0;
    for (int n = 0; n < STEPS; n++) {
      step();
      for (int asked = 0; asked < 8; asked++) {
        Request request = request();
        var known = remembered(request);
        if (known.isPresent()) {
          found++;
          assertThat(known).as("seed %s, step %s", seed, n).contains(made(request));
        }
        recommender.recommend(shop.tenant(), request, LiveShop.USUAL, 0);
      }
    }
    assertThat(found).as("seed %s", seed).isGreaterThan(STEPS / 10);
  }

  @Test
  void it_is_remembered_until_the_catalogue_changes_and_not_longer() throws InterruptedException {
    fill();
    Request request = Request.builder(3).like(List.of("item1")).build();
    assertThat(remembered(request)).isEmpty();
    Recommendation made = recommender.recommend(shop.tenant(), request, LiveShop.USUAL, 0);
    assertThat(remembered(request)).contains(made);

    happens();
    assertThat(remembered(request).orElseThrow().items()).isEqualTo(made.items());

    shop.delete(made.items().getFirst().id());
    assertThat(remembered(request)).isEmpty();
  }

  @Test
  void what_somebody_did_or_wants_explained_or_left_out_is_made_anew() throws InterruptedException {
    fill();
    var like = List.of("item1");
    for (Request request :
        List.of(
            Request.builder(3).like(like).user("user1").build(),
            Request.builder(3).like(like).session(List.of("item2")).build(),
            Request.builder(3).like(like).exclude(List.of("item3")).build(),
            Request.builder(3).like(like).explain(true).build(),
            Request.builder(3).like(like).explainMissing(List.of("item3")).build(),
            Request.builder(3).like(List.of("item1", "item2")).build())) {
      recommender.recommend(shop.tenant(), request, LiveShop.USUAL, 0);
      assertThat(remembered(request)).as("%s", request).isEmpty();
    }
  }
}
