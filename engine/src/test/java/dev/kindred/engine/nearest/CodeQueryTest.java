package dev.kindred.engine.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CodeQueryTest {
  private static final int DIMENSIONS = 512;
  private static final int SAMPLES = 4000;

  @Test
  void distances_are_spread_around_what_is_expected_as_told() {
    long seed = 1;
    var random = new SplittableRandom(seed);
    for (float cosine : new float[] {-0.5f, 0f, 0.3f, 0.6f, 0.9f, 0.97f}) {
      double beyondExpected = 0;
      double beyondOne = 0;
      double beyondTwo = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[] one = Directions.gaussian(DIMENSIONS, random);
        var item = Quantised.of(at(cosine, one, random));
        var query = new CodeQuery(Quantised.of(one));
        int distance = distance(query, item.code());
        if (distance > query.distanceOf(cosine, 0)) beyondExpected++;
        if (distance > query.distanceOf(cosine, 1)) beyondOne++;
        if (distance > query.distanceOf(cosine, 2)) beyondTwo++;
      }
      var what = "seed " + seed + ", cosine " + cosine;
      assertThat(beyondExpected / SAMPLES).as(what).isCloseTo(0.5, offset(0.07));
      assertThat(beyondOne / SAMPLES).as(what).isCloseTo(0.159, offset(0.05));
      assertThat(beyondTwo / SAMPLES).as(what).isLessThan(0.045);
    }
  }

  /** A vector with just this cosine to the other. */
  private static float[] at(float cosine, float[] other, SplittableRandom random) {
    float[] vector = Directions.gaussian(DIMENSIONS, random);
    double square = 0;
    double dot = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      square += other[d] * other[d];
      dot += vector[d] * other[d];
    }
    double beside = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] -= (float) (dot / square * other[d]);
      beside += vector[d] * vector[d];
    }
    double along = cosine / Math.sqrt(square);
    double across = Math.sqrt((1 - cosine * cosine) / beside);
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = (float) (along * other[d] + across * vector[d]);
    }
    return vector;
  }

  private static int distance(CodeQuery query, long[] code) {
    int distance = 0;
    for (int word = 0; word < code.length; word++) {
      long differing = code[word] ^ query.signs()[word];
      distance += Long.bitCount(differing) + 2 * Long.bitCount(differing & query.heavy()[word]);
    }
    return distance;
  }
}
