package dev.kindred.engine.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.ModelContract;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Twins;
import dev.kindred.engine.Workers;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.neighbours.RandomWalk;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FactorsTest {
  @Test
  void with_all_directions_and_fade_two_the_filter_is_the_gram_matrix() {
    for (long seed = 0; seed < 10; seed++) {
      var train = new Chance(seed).tastes(60, 30, 8);
      var settings = new LowPass.Settings(0.5f, 0.5f, 0.3f, 2f, 30);
      var filter = LowPass.learn(train, settings, seed, Workers.alone());
      var walk =
          RandomWalk.learn(train, new RandomWalk.Exponents(1, 1, 0.2f), 100, Workers.alone());
      for (int i = 0; i < train.items(); i++) {
        for (int j = 0; j < train.items(); j++) {
          if (i != j)
            assertThat(filter.weight(i, j))
                .as("seed %d", seed)
                .isCloseTo(walk.weight(i, j), within(1e-3f));
        }
      }
    }
  }

  @Test
  void a_filter_explains_itself_and_agrees_with_its_item_item_weights() {
    var train = new Chance(8).tastes(80, 40, 8);
    var filter =
        LowPass.learn(train, new LowPass.Settings(0.4f, 0.4f, 0.3f, 1f, 10), 1, Workers.alone());
    ModelContract.check(filter, train, 8);
    var pairs =
        RandomWalk.learn(train, new RandomWalk.Exponents(1, 1, 0), 100, Workers.alone()).rows();
    int items = train.items();
    var rows = filter.rows(() -> pairs::row, 100);
    var weights = new ItemWeights(SparseRows.collect(items, items, Workers.alone(), rows));
    for (int i = 0; i < train.items(); i++) {
      for (int n = pairs.starts()[i]; n < pairs.starts()[i + 1]; n++) {
        int j = pairs.indexes()[n];
        assertThat(weights.weight(i, j)).isEqualTo(filter.weight(i, j));
      }
    }
  }

  @Test
  void a_folded_history_solves_the_whole_weighted_system() {
    for (long seed = 0; seed < 15; seed++) {
      var train = new Chance(seed).tastes(40, 30, 8);
      int rank = 6;
      var als =
          ImplicitAls.learn(
              train, new ImplicitAls.Settings(rank, 0.2f, 0.05f, 3), seed, Workers.alone());
      var history = train.history(3);
      float[] x = als.vector(history);
      double[][] system = new double[rank][rank];
      double[] right = new double[rank];
      double[] weight = new double[train.items()];
      for (int n = 0; n < history.size(); n++) weight[history.items()[n]] = history.weights()[n];
      for (int item = 0; item < train.items(); item++) {
        float[] y = als.item(item);
        for (int a = 0; a < rank; a++) {
          for (int b = 0; b < rank; b++) system[a][b] += (0.2 + weight[item]) * y[a] * y[b];
          right[a] += weight[item] * y[a];
        }
      }
      for (int a = 0; a < rank; a++) system[a][a] += 0.05 * (history.size() + 0.2 * train.items());
      double[] expected = Twins.solve(system, right);
      for (int a = 0; a < rank; a++)
        assertThat(x[a]).as("seed %d", seed).isCloseTo((float) expected[a], within(1e-3f));
      ModelContract.check(als, train, seed);
    }
  }

  @Test
  void more_iterations_come_nearer_to_what_happened() {
    var train = new Chance(1).tastes(200, 60, 10);
    assertThat(likedOverOthers(train, 8)).isGreaterThan(likedOverOthers(train, 0) + 0.2);
  }

  @Test
  void factors_are_the_same_on_any_number_of_threads() {
    var train = new Chance(2).tastes(300, 150, 12);
    var settings = new ImplicitAls.Settings(16, 0.1f, 0.01f, 3);
    var history = train.history(7);
    float[] alone = ImplicitAls.learn(train, settings, 1, Workers.alone()).vector(history);
    try (var executor = Executors.newFixedThreadPool(4)) {
      for (int threads : new int[] {2, 16}) {
        assertThat(
                ImplicitAls.learn(train, settings, 1, Workers.of(executor, threads))
                    .vector(history))
            .containsExactly(alone);
      }
    }
  }

  private static double likedOverOthers(Interactions train, int iterations) {
    var als =
        ImplicitAls.learn(
            train, new ImplicitAls.Settings(16, 0.1f, 0.01f, iterations), 1, Workers.alone());
    double liked = 0;
    double others = 0;
    for (int user = 0; user < train.users(); user++) {
      var history = train.history(user);
      float[] scores = als.scores(history);
      for (int item : history.items()) liked += scores[item] / train.size();
      for (float score : scores) others += score / scores.length / train.users();
    }
    return liked - others;
  }
}
