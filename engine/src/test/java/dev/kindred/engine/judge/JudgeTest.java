package dev.kindred.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.ModelContract;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.judge.Chooser.Share;
import dev.kindred.engine.judge.Recipe.Family;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.neighbours.RandomWalk;
import dev.kindred.engine.neighbours.RandomWalk.Exponents;
import dev.kindred.engine.popularity.Popularity;
import dev.kindred.engine.session.Fading;
import java.util.ArrayList;
import java.util.BitSet;
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
    var options = new Chooser.Options(10, 0.2, 0f, 200, 3, 1e9, 1e9, 0, 7);
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
  void recipes_learned_into_one_model_score_as_their_sum() {
    var all = new Chance(6).tastes(100, 40, 8);
    var walk = Recipe.usual(Family.WALK, all, Chooser.Options.USUAL);
    var shares =
        List.of(
            new Share(walk, 1),
            new Share(Recipe.usual(Family.USERS, all, Chooser.Options.USUAL), 1),
            new Share(Recipe.usual(Family.FILTER, all, Chooser.Options.USUAL), 1),
            new Share(Recipe.usual(Family.RIDGE, all, Chooser.Options.USUAL), 1),
            new Share(Recipe.usual(Family.FOLLOW, all, Chooser.Options.USUAL), 1),
            new Share(new Recipe.Recent(walk, 3), 1));
    var weights = List.of(2f, 1f, 0.7f, -0.5f, 0.3f, 0.4f);
    var relearning = new Relearning(new Workshop(all, 1, Workers.alone()));
    var apart = relearning.blend(shares, weights, 0);
    var merged = relearning.blend(shares, weights, 1000);
    assertThat(apart.all()).hasSize(6);
    assertThat(merged.all()).hasSize(3);
    for (int user = 0; user < 20; user++) {
      assertThat(merged.scores(all.history(user)))
          .containsExactly(apart.scores(all.history(user)), within(1e-3f));
    }
  }

  @Test
  void who_is_asked_hears_the_same_though_other_rows_are_not_made() {
    var all = new Chance(7).tastes(100, 60, 8);
    var items = new BitSet();
    for (int user = 0; user < 3; user++) {
      for (int item : all.history(user).items()) items.set(item);
    }
    for (Family family : Chooser.families(all)) {
      var recipe = Recipe.usual(family, all, Chooser.Options.USUAL);
      var few = recipe.learn(Workshop.forHistoriesOf(items, all, 1, Workers.alone()));
      var whole = recipe.learn(new Workshop(all, 1, Workers.alone()));
      for (int user = 0; user < 3; user++) {
        assertThat(few.scores(all.history(user)))
            .as("%s", recipe)
            .isEqualTo(whole.scores(all.history(user)));
      }
      if (few instanceof ItemWeights(var rows)) {
        assertThat(rows.size()).as("%s", recipe).isLessThan(((ItemWeights) whole).rows().size());
        for (int item = 0; item < all.items(); item++) {
          if (!items.get(item)) assertThat(rows.size(item)).isZero();
        }
      }
    }
  }

  @Test
  void less_effort_is_met_by_smaller_models() {
    var all = new Chance(8).tastes(3000, 2000, 10);
    int rank = Integer.MAX_VALUE;
    int candidates = Integer.MAX_VALUE;
    for (double effort : new double[] {60e9, 1.2e8}) {
      var options = Chooser.Options.USUAL.withEffort(effort);
      var filter = (Recipe.Filter) Recipe.usual(Family.FILTER, all, options);
      var ridge = (Recipe.Ridge) Recipe.usual(Family.RIDGE, all, options);
      assertThat(filter.by().rank()).as("effort %s", effort).isBetween(8, rank - 1);
      assertThat(ridge.by().candidates()).as("effort %s", effort).isBetween(30, candidates - 1);
      rank = filter.by().rank();
      candidates = ridge.by().candidates();
    }
    var much = new Chance(8).tastes(30, 20, 10);
    var usual = Chooser.Options.USUAL;
    assertThat(Recipe.usual(Family.RIDGE, much, usual.withEffort(6e9)))
        .isEqualTo(Recipe.usual(Family.RIDGE, much, usual));
  }

  @Test
  void readings_that_say_the_same_are_tried_once() {
    var builder = Interactions.builder();
    var likes = new Chance(9).tastes(80, 40, 8);
    for (int user = 0; user < likes.users(); user++) {
      int[] items = likes.history(user).items();
      for (int n = 0; n < items.length; n++) builder.add(user, items[n], 1 + n % 2);
    }
    var readings = new ArrayList<Weighing.Reading>();
    Chooser.choose(
        builder.build(),
        List.of(Family.POPULAR),
        Chooser.Options.USUAL,
        Workers.alone(),
        trial -> readings.add(trial.weighing().reading()));
    assertThat(readings).contains(Weighing.Reading.GIVEN, Weighing.Reading.EVEN);
    assertThat(readings).doesNotContain(Weighing.Reading.LIKED);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
