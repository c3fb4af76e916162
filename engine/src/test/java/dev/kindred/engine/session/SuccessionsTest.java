package dev.kindred.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.ModelContract;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import org.junit.jupiter.api.Test;

class SuccessionsTest {
  @Test
  void followers_are_weighed_by_their_distance() {
    for (long seed = 0; seed < 50; seed++) {
      var chance = new Chance(seed);
      int items = 12;
      var sequences = sequences(chance, items);
      var settings = new Successions.Settings(4, 0.5f, 0.5f, 0.25f);
      var model = Successions.learn(sequences, settings, 100, Workers.alone());
      double[] count = new double[items];
      double[][] expected = new double[items][items];
      for (int item : sequences.indexes()) count[item]++;
      for (int row = 0; row < sequences.rows(); row++) {
        int[] sequence = sequences.row(row).items();
        for (int a = 0; a < sequence.length; a++) {
          for (int b = a + 1; b < Math.min(sequence.length, a + 5); b++) {
            expected[sequence[a]][sequence[b]] += Math.pow(0.5, b - a - 1.0);
          }
        }
      }
      for (int i = 0; i < items; i++) {
        for (int j = 0; j < items; j++) {
          if (i == j || expected[i][j] == 0) continue;
          double weight = expected[i][j] * Math.pow(count[i], -0.5) * Math.pow(count[j], -0.25);
          assertThat(model.weight(i, j))
              .as("seed %d", seed)
              .isCloseTo((float) weight, within(1e-4f));
        }
      }
    }
  }

  @Test
  void a_fading_model_hears_the_latest_louder_and_explains_itself() {
    var train = new Chance(4).tastes(60, 30, 8);
    var sequences =
        SparseRows.collect(
            train.users(),
            train.items(),
            Workers.alone(),
            () -> user -> new Ranking(train.history(user).items(), train.history(user).weights()));
    var model =
        Successions.learn(
            sequences, new Successions.Settings(5, 0.8f, 0.5f, 0.2f), 50, Workers.alone());
    ModelContract.check(new Fading(model, 3), train, 4);
    assertThat(History.of(1, 2, 3).fading(1).weights()).containsExactly(0.25f, 0.5f, 1f);
  }

  @Test
  void a_history_is_told_oldest_first() {
    var timed =
        Interactions.builder().add(0, 3, 1f, 10).add(0, 1, 1f, 30).add(0, 2, 1f, 20).build();
    assertThat(timed.history(0).items()).containsExactly(3, 2, 1);
  }

  static SparseRows sequences(Chance chance, int items) {
    return SparseRows.collect(
        20,
        items,
        Workers.alone(),
        () ->
            row -> {
              int[] sequence = new int[chance.below(9)];
              float[] ones = new float[sequence.length];
              for (int n = 0; n < sequence.length; n++) {
                sequence[n] = chance.below(items);
                ones[n] = 1f;
              }
              return new Ranking(sequence, ones);
            });
  }
}
