package dev.kindred.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.judge.Chooser;
import dev.kindred.engine.judge.Chooser.Incumbent;
import dev.kindred.engine.judge.Recipe;
import dev.kindred.learn.Trainer.Budget;
import dev.kindred.recommend.LiveShop;
import dev.kindred.recommend.Recommendation;
import dev.kindred.recommend.Request;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Budget BUDGET = new Budget(1e9, 64e6, 0, 1);

  /** Two tastes: who likes one even product likes the others, and so with the odd ones. */
  private static LiveShop twoTastes() {
    var random = new Random(7);
    var shop = new LiveShop();
    for (int n = 0; n < 40; n++) shop.put("p" + n, "{\"kind\":\"k" + n % 5 + "\"}");
    for (int user = 0; user < 60; user++) {
      for (int n = 0; n < 8; n++) {
        shop.happens("u" + user, "purchase", "p" + (2 * random.nextInt(20) + user % 2));
      }
    }
    return shop;
  }

  private static Learned learn(LiveShop shop, Workers workers) {
    Shelf shelf = shop.tenant().shelf(LiveShop.PRODUCT).orElseThrow();
    return new Trainer(shop.tenant(), shelf, BUDGET, workers, () -> {})
        .train(Optional.empty())
        .orElseThrow()
        .learned();
  }

  @Test
  void the_same_histories_give_the_same_bytes_on_any_number_of_threads() {
    var shop = twoTastes();
    String alone = ModelBytes.name(learn(shop, Workers.alone()));
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int atOnce : new int[] {2, 16}) {
        assertThat(ModelBytes.name(learn(shop, Workers.of(threads, atOnce))))
            .as("on %d threads", atOnce)
            .isEqualTo(alone);
      }
    }
    assertThat(ModelBytes.name(learn(twoTastes(), Workers.alone()))).isEqualTo(alone);
  }

  @Test
  void a_model_survives_being_written_down() {
    Learned learned = learn(twoTastes(), Workers.alone());
    var pieces = new ArrayDeque<byte[]>();
    ModelBytes.write(learned, pieces::add);
    Learned again = ModelBytes.read(ModelBytes.name(learned), pieces);
    assertThat(ModelBytes.name(again)).isEqualTo(ModelBytes.name(learned));
    assertThat(again.popular()).isEqualTo(learned.popular());
    assertThat(again.report()).isEqualTo(learned.report());
  }

  @Test
  void what_is_in_use_stays_unless_something_does_better() {
    var shop = twoTastes();
    Shelf shelf = shop.tenant().shelf(LiveShop.PRODUCT).orElseThrow();
    var trainer = new Trainer(shop.tenant(), shelf, BUDGET, Workers.alone(), () -> {});
    var first = trainer.train(Optional.empty()).orElseThrow();
    var again = trainer.train(Optional.of(first.choice())).orElseThrow();
    assertThat(again.choice()).isEqualTo(first.choice());

    var poor =
        new Incumbent(
            List.of(new Chooser.Share(new Recipe.Popular(), 1)),
            new Weighing(Weighing.Reading.GIVEN, 0f));
    var better = trainer.train(Optional.of(poor)).orElseThrow();
    assertThat(better.choice()).as("popularity alone is beaten").isEqualTo(first.choice());
  }

  @Test
  void it_can_be_ended_at_any_time_while_families_are_judged() {
    var shop = twoTastes();
    Shelf shelf = shop.tenant().shelf(LiveShop.PRODUCT).orElseThrow();
    int all = asked(shop, shelf, Integer.MAX_VALUE);
    assertThat(all).isGreaterThan(1_000);
    for (int times : new int[] {1, all / 3, all / 2, all}) {
      assertThat(asked(shop, shelf, times)).isEqualTo(times);
    }
  }

  /** How often training asks whether to go on, which it is told not to after so many times. */
  private static int asked(LiveShop shop, Shelf shelf, int most) {
    var asked = new AtomicInteger();
    Runnable goOn =
        () -> {
          if (asked.incrementAndGet() == most) throw new IllegalStateException("enough");
        };
    var trainer = new Trainer(shop.tenant(), shelf, BUDGET, Workers.alone(), goOn);
    if (most == Integer.MAX_VALUE) trainer.train(Optional.empty());
    else assertThatThrownBy(() -> trainer.train(Optional.empty())).hasMessage("enough");
    return asked.get();
  }

  @Test
  void too_little_to_learn_from_gives_no_model() {
    var shop = new LiveShop().put("a", "{}").happens("ann", "click", "a");
    Shelf shelf = shop.tenant().shelf(LiveShop.PRODUCT).orElseThrow();
    var trainer = new Trainer(shop.tenant(), shelf, BUDGET, Workers.alone(), () -> {});
    assertThat(trainer.train(Optional.empty())).isEmpty();
  }

  @Test
  void likeness_counts_as_much_as_it_helps() {
    float helpful = learn(byLikeness(true), Workers.alone()).contentShare();
    Learned learned = learn(byLikeness(false), Workers.alone());
    assertThat(helpful)
        .as("who likes one of a kind likes the next of it")
        .isGreaterThanOrEqualTo(0.1f);
    assertThat(learned.contentShare()).as("kinds mean nothing").isLessThan(helpful);
    assertThat(new String(learned.report().utf8(), UTF_8)).contains("\"content\":{\"share\":");
  }

  /** Everybody takes other products; whether they are of one kind is the question. */
  private static LiveShop byLikeness(boolean isOfOneKind) {
    var random = new Random(11);
    var shop = new LiveShop();
    for (int n = 0; n < 600; n++) {
      int kind = isOfOneKind ? n % 30 : random.nextInt(30);
      shop.put("p" + n, "{\"kind\":\"k%d\",\"maker\":\"m%d\"}".formatted(kind, kind));
    }
    for (int user = 0; user < 150; user++) {
      for (int n = 0; n < 6; n++) {
        shop.happens("u" + user, "purchase", "p" + (30 * random.nextInt(20) + user % 30));
      }
    }
    return shop;
  }

  @Test
  void what_was_learned_answers_and_what_comes_after_counts_at_once() throws Exception {
    var shop = twoTastes();
    try (var threads = Executors.newFixedThreadPool(2)) {
      var training =
          new Training(
              shop.learning(),
              shop.store().models(),
              any -> 0,
              1e9,
              threads,
              1,
              () -> Instant.EPOCH);
      training.rebuild(LiveShop.TENANT, () -> {}, () -> {});
      assertThat(shop.store().models().inForce()).hasSize(1);

      shop.happens("new", "purchase", "p4");
      var request = Request.builder(5).user("new").mix(Optional.of(new Request.Mix(1, 0)));
      Recommendation list = shop.recommend(request);
      assertThat(list.model()).isEqualTo(shop.store().models().inForce().getFirst().name());
      List<String> top = LiveShop.ids(list).subList(0, 3);
      assertThat(top).as("even like p4").allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 0);

      // Beside the model: two that it does not know are taken together by others.
      shop.put("x", "{}").put("y", "{}");
      for (int n = 0; n < 4; n++) {
        shop.happens("v" + n, "purchase", "x").happens("v" + n, "purchase", "y");
      }
      training.refresh();
      shop.happens("ann", "purchase", "x");
      assertThat(LiveShop.ids(shop.recommend(request.user("ann")))).contains("y");
    }
  }
}
