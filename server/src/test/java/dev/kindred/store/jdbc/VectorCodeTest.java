package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.FeatureVector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Vectors come back bit for bit, from few bytes. */
final class VectorCodeTest {

  @Test
  void every_vector_comes_back_as_it_was() {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      var vector = vector(random);
      byte[] code = VectorCode.encode(vector);
      assertThat(VectorCode.decode(code)).as("seed %d, case %d", seed, i).isEqualTo(vector);
      byte[] start = Arrays.copyOf(code, Math.min(code.length, VectorCode.VERSION_BYTES_MAX));
      assertThat(VectorCode.madeWith(start))
          .as("seed %d, case %d", seed, i)
          .isEqualTo(vector.madeWith());
      assertThat(code.length).isLessThanOrEqualTo(11 + 4 * vector.values().length);
    }
  }

  @Test
  void a_negative_zero_and_the_smallest_numbers_are_kept() {
    float[] values = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, -1.5f};
    float[] back = VectorCode.decode(VectorCode.encode(FeatureVector.given(values))).values();
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  @Test
  void zeros_cost_next_to_nothing_and_halves_cost_half() {
    var values = new float[512];
    assertThat(VectorCode.encode(new FeatureVector(values, 0))).hasSizeLessThan(8);
    for (int i = 0; i < 32; i++) values[i * 16] = 0.1f;
    assertThat(VectorCode.encode(new FeatureVector(values, 0))).hasSizeLessThan(32 * 5 + 8);
    for (int i = 0; i < 32; i++) values[i * 16] = 0.25f;
    assertThat(VectorCode.encode(new FeatureVector(values, 0))).hasSizeLessThan(32 * 3 + 8);
  }

  private static FeatureVector vector(SplittableRandom random) {
    var values = new float[random.nextInt(600)];
    double density = random.nextDouble();
    boolean halves = random.nextBoolean();
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() > density) continue;
      values[i] =
          halves ? random.nextInt(-64, 64) / 16f : (float) random.nextGaussian() * values.length;
    }
    return new FeatureVector(values, random.nextInt(-1, 100_000));
  }
}
