package dev.kindred.engine.neighbours;

import static dev.kindred.engine.Twins.columnSum;
import static dev.kindred.engine.Twins.dense;
import static dev.kindred.engine.Twins.power;
import static dev.kindred.engine.Twins.rowSum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.ModelContract;
import dev.kindred.engine.Twins;
import dev.kindred.engine.Workers;
import dev.kindred.engine.neighbours.ItemNeighbours.Likeness;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final int ALL = 1000;

  @Test
  void a_walk_weighs_as_the_formula_says() {
    for (long seed = 0; seed < 30; seed++) {
      var train = world(seed);
      var by = new RandomWalk.Exponents(0.7f, 1.1f, 0.2f);
      double[][] r = dense(train.byUser());
      var walk = RandomWalk.learn(train, by, ALL, Workers.alone());
      for (int i = 0; i < train.items(); i++) {
        for (int j = 0; j < train.items(); j++) {
          double expected = 0;
          for (int u = 0; u < train.users(); u++) {
            expected += r[u][i] * r[u][j] * power(rowSum(r, u), -by.user());
          }
          expected *= power(columnSum(r, i), -by.own()) * power(columnSum(r, j), -by.target());
          if (i == j) expected = 0;
          assertThat(walk.weight(i, j))
              .as("seed %d", seed)
              .isCloseTo((float) expected, within(1e-4f));
        }
      }
      ModelContract.check(walk, train, seed);
    }
  }

  @Test
  void likeness_of_items_is_what_the_formula_says() {
    for (long seed = 0; seed < 20; seed++) {
      var train = world(seed);
      double[][] r = dense(train.byUser());
      for (Likeness kind : Likeness.values()) {
        var settings = new ItemNeighbours.Settings(kind, 3f, 0f, ALL);
        var weights = ItemNeighbours.learn(train, settings, Workers.alone());
        for (int i = 0; i < train.items(); i++) {
          for (int j = 0; j < train.items(); j++) {
            if (i == j) continue;
            double both = 0, product = 0, iSquares = 0, jSquares = 0, iUsers = 0, jUsers = 0;
            for (double[] row : r) {
              product += row[i] * row[j];
              iSquares += row[i] * row[i];
              jSquares += row[j] * row[j];
              iUsers += row[i] > 0 ? 1 : 0;
              jUsers += row[j] > 0 ? 1 : 0;
              both += row[i] > 0 && row[j] > 0 ? 1 : 0;
            }
            double like =
                switch (kind) {
                  case COSINE -> product / Math.sqrt(iSquares * jSquares);
                  case JACCARD -> both / (iUsers + jUsers - both);
                  case LIFT -> both / iUsers / Math.sqrt(jUsers / train.users());
                };
            double expected = both == 0 ? 0 : like * both / (both + 3);
            assertThat(weights.weight(i, j))
                .as("seed %d, %s", seed, kind)
                .isCloseTo((float) expected, within(1e-4f));
          }
        }
        ModelContract.check(weights, train, seed);
      }
    }
  }

  @Test
  void normalisation_brings_the_sum_of_what_leads_to_an_item_to_one() {
    var train = world(4);
    var settings = new ItemNeighbours.Settings(Likeness.COSINE, 0f, 1f, 10);
    var into = ItemNeighbours.learn(train, settings, Workers.alone()).rows().transposed();
    for (float sum : into.sums()) assertThat(sum == 0 || Math.abs(sum - 1) < 1e-5).isTrue();
  }

  @Test
  void users_speak_for_their_items_as_the_formula_says() {
    for (long seed = 0; seed < 30; seed++) {
      var train = world(seed);
      var settings = new UserNeighbours.Settings(0.5f, 0.5f, 0.1f, 1.5f, 2f, ALL);
      var model = UserNeighbours.learn(train, settings);
      double[][] r = dense(train.byUser());
      var history = train.history(0);
      double[] expected = new double[train.items()];
      for (int v = 0; v < train.users(); v++) {
        double like = 0;
        int common = 0;
        for (int n = 0; n < history.size(); n++) {
          int j = history.items()[n];
          if (r[v][j] > 0) common++;
          like += history.weights()[n] * r[v][j] / columnSum(r, j) * power(rowSum(r, v), -0.5);
        }
        like *= common / (common + 2.0);
        for (int i = 0; i < train.items(); i++) {
          expected[i] += power(like, 1.5) * r[v][i] * power(columnSum(r, i), -0.1);
        }
      }
      float[] scores = model.scores(history);
      for (int i = 0; i < train.items(); i++) {
        assertThat(scores[i]).as("seed %d", seed).isCloseTo((float) expected[i], within(1e-3f));
      }
      ModelContract.check(model, train, seed);
    }
  }

  @Test
  void the_ridge_is_a_regression_on_all_items_with_common_users() {
    for (long seed = 0; seed < 15; seed++) {
      var train = world(seed);
      double[][] r = dense(train.byUser());
      int items = train.items();
      double[][] gram = new double[items][items];
      double mean = 0;
      for (int u = 0; u < train.users(); u++) {
        for (int i = 0; i < items; i++) {
          for (int j = 0; j < items; j++) {
            gram[i][j] +=
                r[u][i]
                    * r[u][j]
                    / rowSum(r, u)
                    * power(columnSum(r, i), -0.5)
                    * power(columnSum(r, j), -0.5);
          }
        }
      }
      for (int i = 0; i < items; i++) mean += gram[i][i] / items;
      double lambda = 0.5 * mean;
      var settings = new LocalRidge.Settings(0.5f, 0.5f, 0.5f, 0.5f, items, 4 * items);
      var ridge = LocalRidge.learn(train, settings, Workers.alone());
      for (int target = 0; target < items; target++) {
        double[][] system = new double[items][items];
        double[] right = new double[items];
        for (int i = 0; i < items; i++) {
          for (int j = 0; j < items; j++)
            system[i][j] =
                gram[i][target] * gram[j][target] == 0 || i == target || j == target
                    ? 0
                    : gram[i][j];
          system[i][i] += lambda;
          right[i] = i == target ? 0 : gram[i][target];
        }
        double[] weights = Twins.solve(system, right);
        for (int i = 0; i < items; i++) {
          if (i == target || gram[i][target] == 0) continue;
          double expected =
              weights[i] * power(columnSum(r, i), -0.5) * power(columnSum(r, target), 0.5);
          assertThat(ridge.weight(i, target))
              .as("seed %d", seed)
              .isCloseTo((float) expected, within(2e-3f));
        }
      }
      ModelContract.check(ridge, train, seed);
    }
  }

  @Test
  void weights_are_the_same_on_any_number_of_threads() {
    var train = new Chance(2).tastes(300, 150, 12);
    sameOnThreads(w -> RandomWalk.learn(train, new RandomWalk.Exponents(1, 1, 0.3f), 20, w));
    sameOnThreads(
        w -> LocalRidge.learn(train, new LocalRidge.Settings(0.5f, 0.5f, 0.6f, 1f, 20, 80), w));
    sameOnThreads(w ->
        ItemNeighbours.learn(train, new ItemNeighbours.Settings(Likeness.COSINE, 2f, 0.5f, 20), w));
  }

  private static void sameOnThreads(Function<Workers, ItemWeights> learner) {
    var alone = learner.apply(Workers.alone()).rows();
    try (var executor = Executors.newFixedThreadPool(4)) {
      for (int threads : new int[] {2, 16}) {
        var many = learner.apply(Workers.of(executor, threads)).rows();
        assertThat(many.indexes()).containsExactly(alone.indexes());
        assertThat(many.values()).containsExactly(alone.values());
      }
    }
  }

  private static Interactions world(long seed) {
    var chance = new Chance(seed);
    return chance.tastes(chance.between(5, 40), chance.between(30, 40), 8);
  }
}
