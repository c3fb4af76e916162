package dev.kindred.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.ModelContract;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.judge.Recipe.Family;
import dev.kindred.engine.neighbours.RandomWalk;
import dev.kindred.engine.neighbours.RandomWalk.Exponents;
import dev.kindred.engine.popularity.Popularity;
import dev.kindred.engine.session.Fading;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class JudgeTest {
  @Test
  void measures_are_those_of_the_definition() {
    var heldOut =
        Interactions.builder()
            .atLeast(2, 10)
            .add(0, 3, 1f)
            .add(0, 5, 1f)
            .add(0, 7, 1f)
            .build()
            .byUser();
    var judge = new Judge(4, heldOut, Workers.alone());
    double[] measures = judge.measures(0, new int[] {1, 5, 2, 3, 7});
    double gain = 1 / log2(3) + 1 / log2(5);
    double ideal = 1 + 1 / log2(3) + 1 / log2(4);
    assertThat(measures)
        .containsExactly(new double[] {2.0 / 3, gain / ideal, 1, 0.5}, within(1e-12));

    int[] users = judge.users(10);
    assertThat(users).containsExactly(0);
    var quality = judge.judge(users, n -> new int[0]);
    assertThat(quality.users()).isEqualTo(1);
    assertThat(quality.recall()).isZero();
  }

  @Test
  void nothing_is_both_learned_from_and_asked_for() {
    for (long seed = 0; seed < 50; seed++) {
      var all = new Chance(seed).tastes(50, 40, 12);
      var holdout = Holdout.of(all, 0.2, 0f, seed);
      assertThat(holdout.train().size() + holdout.heldOut().size())
          .as("seed %d", seed)
          .isEqualTo(all.size());
      for (int user = 0; user < all.users(); user++) {
        if (all.byUser().size(user) > 0)
          assertThat(holdout.train().byUser().size(user)).isPositive();
        if (all.byUser().size(user) > 1) assertThat(holdout.heldOut().size(user)).isPositive();
      }
    }
  }

  @Test
  void the_latest_are_held_out_and_only_the_liked_are_asked_for() {
    var all =
        Interactions.builder()
            .add(0, 0, 5f, 40)
            .add(0, 1, 2f, 50)
            .add(0, 2, 5f, 10)
            .add(0, 3, 5f, 20)
            .add(0, 4, 5f, 30)
            .build();
    var holdout = Holdout.of(all, 0.4, 4f, 1);
    assertThat(holdout.heldOut().row(0).items()).containsExactly(0);
    assertThat(holdout.train().history(0).items()).containsExactly(2, 3, 4);
  }

  @Test
  void a_choice_is_the_same_on_any_number_of_threads_and_beats_popularity() {
    var all = new Chance(3).tastes(200, 60, 12);
    var options = new Chooser.Options(10, 0.2, 0f, 200, 3, 1e9, 7);
    var alone = Chooser.choose(all, Chooser.families(all), options, Workers.alone(), trial -> {});
    var popular =
        alone.trials().stream()
            .filter(trial -> trial.recipe() instanceof Recipe.Popular)
            .findFirst()
            .orElseThrow();
    assertThat(alone.quality().ndcg()).isGreaterThan(1.2 * popular.quality().ndcg());
    ModelContract.check(alone.model(), all, 3);
    try (var executor = Executors.newFixedThreadPool(4)) {
      var many =
          Chooser.choose(
              all, Chooser.families(all), options, Workers.of(executor, 16), trial -> {});
      assertThat(many.shares()).isEqualTo(alone.shares());
      assertThat(many.quality()).isEqualTo(alone.quality());
      var history = all.history(5);
      assertThat(many.model().scores(history)).containsExactly(alone.model().scores(history));
    }
  }

  @Test
  void lists_are_those_that_scoring_every_item_gives() {
    for (long seed = 0; seed < 30; seed++) {
      var all = new Chance(seed).tastes(40, 60, 8);
      var popular = new Blend.Part(Popularity.learn(all), seed % 2 == 0 ? 0.01f : -0.01f);
      var walk = RandomWalk.learn(all, new Exponents(0.5f, 0.5f, 0.4f), 5, Workers.alone());
      var recent = new Blend.Part(new Fading(walk, 3), 1f);
      var parts = seed % 3 == 0 ? List.of(recent) : List.of(popular, recent);
      var blend = new Blend(parts);
      var lister = new Lister(blend, Lister.Base.of(blend));
      for (int user = 0; user < all.users(); user++) {
        var history = all.history(user);
        for (int k : new int[] {1, 10, 70}) {
          var best = lister.best(history, history.items(), k);
          var twin = Judge.best(blend.scores(history), history.items(), k);
          assertThat(best.size()).as("seed %d", seed).isEqualTo(twin.size());
          assertThat(best.scores())
              .as("seed %d", seed)
              .containsExactly(twin.scores(), within(1e-6f));
        }
      }
    }
  }

  @Test
  void a_merged_blend_scores_as_the_sum_of_its_parts() {
    var all = new Chance(6).tastes(100, 40, 8);
    var shop = new Workshop(all, 1, Workers.alone());
    var walk = Recipe.usual(Family.WALK, all, 1e9).learn(shop);
    var ridge = Recipe.usual(Family.RIDGE, all, 1e9).learn(shop);
    var users = Recipe.usual(Family.USERS, all, 1e9).learn(shop);
    var blend =
        new Blend(
            List.of(
                new Blend.Part(walk, 2f), new Blend.Part(users, 1f), new Blend.Part(ridge, -0.5f)));
    var merged = blend.merged(1000, Workers.alone());
    assertThat(merged.all()).hasSize(2);
    for (int user = 0; user < 20; user++) {
      assertThat(merged.scores(all.history(user)))
          .containsExactly(blend.scores(all.history(user)), within(1e-3f));
    }
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
