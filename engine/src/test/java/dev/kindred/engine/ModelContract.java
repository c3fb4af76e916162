package dev.kindred.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What every model promises, checked on histories that were there at training and on ones that were
 * not.
 */
public final class ModelContract {
  private ModelContract() {}

  public static void check(Model model, Interactions train, long seed) {
    var chance = new Chance(seed);
    for (int n = 0; n < 10; n++) {
      var history =
          n < 5 ? train.history(chance.below(train.users())) : stranger(chance, model.items());
      float[] scores = model.scores(history);
      assertThat(scores).hasSize(train.items());
      for (int item = 0; item < scores.length; item++) {
        float sum = model.base(item);
        for (float part : model.parts(history, item)) sum += part;
        float tolerance = 1e-4f * (1 + Math.abs(scores[item]));
        assertThat(sum)
            .as("seed %d, item %d", seed, item)
            .isCloseTo(scores[item], within(tolerance));
      }
    }
  }

  private static History stranger(Chance chance, int items) {
    int[] own = new int[chance.below(6)];
    float[] weights = new float[own.length];
    for (int n = 0; n < own.length; n++) {
      own[n] = chance.below(items);
      weights[n] = chance.between(1, 3);
    }
    return new History(own, weights);
  }
}
