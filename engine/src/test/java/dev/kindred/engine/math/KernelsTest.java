package dev.kindred.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Workers;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void dot_and_axpy_do_what_a_plain_loop_does() {
    for (long seed = 0; seed < 200; seed++) {
      var chance = new Chance(seed);
      int length = chance.below(150);
      int aFrom = chance.below(5);
      int bFrom = chance.below(5);
      float[] a = chance.gaussians(length + 5);
      float[] b = chance.gaussians(length + 5);
      double sum = 0;
      for (int n = 0; n < length; n++) sum += a[aFrom + n] * b[bFrom + n];
      assertThat(Vectors.dot(a, aFrom, b, bFrom, length))
          .as("seed %d", seed)
          .isCloseTo((float) sum, within(1e-4f));

      float[] expected = b.clone();
      for (int n = 0; n < length; n++) expected[bFrom + n] += 0.5f * a[aFrom + n];
      Vectors.axpy(0.5f, a, aFrom, b, bFrom, length);
      assertThat(b).as("seed %d", seed).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void a_sum_of_rows_is_what_adding_one_after_the_other_gives() {
    for (long seed = 0; seed < 200; seed++) {
      var chance = new Chance(seed);
      int width = chance.between(1, 70);
      int entries = chance.below(20);
      float[] dense = chance.gaussians(10 * width);
      float[] factors = chance.gaussians(entries);
      int[] rows = new int[entries];
      for (int n = 0; n < entries; n++) rows[n] = chance.below(10);
      int first = chance.below(entries + 1);
      int at = chance.below(5);
      float[] sum = chance.gaussians(at + width + 3);
      float[] expected = sum.clone();
      for (int k = 0; k < width; k++) expected[at + k] = 0;
      for (int n = first; n < entries; n++) {
        Vectors.axpy(factors[n], dense, rows[n] * width, expected, at, width);
      }
      Vectors.sumRows(factors, rows, first, entries, dense, width, sum, at);
      assertThat(sum).as("seed %d", seed).containsExactly(expected);
    }
  }

  @Test
  void the_hadamard_transform_is_the_same_sums_as_by_pairs_one_after_the_other() {
    for (long seed = 0; seed < 100; seed++) {
      var chance = new Chance(seed);
      int length = 1 << chance.below(11);
      int from = chance.below(20);
      float[] x = chance.gaussians(from + length + 3);
      float[] expected = x.clone();
      for (int half = 1; half < length; half *= 2) {
        for (int i = from; i < from + length; i++) {
          if (((i - from) & half) != 0) continue;
          float a = expected[i];
          float b = expected[i + half];
          expected[i] = a + b;
          expected[i + half] = a - b;
        }
      }
      Hadamard.transform(x, from, length);
      assertThat(x).as("seed %d, length %d", seed, length).containsExactly(expected);
    }
  }

  @Test
  void products_do_what_three_loops_do() {
    for (long seed = 0; seed < 60; seed++) {
      var chance = new Chance(seed);
      int m = chance.between(1, 70);
      int n = chance.between(1, 150);
      int inner = chance.between(1, 300);
      float[] a = chance.gaussians(m * inner);
      float[] b = chance.gaussians(inner * n);
      float[] c = new float[m * n];
      Gemm.multiply(m, n, inner, a, b, c, Workers.alone());
      assertThat(c)
          .as("seed %d", seed)
          .containsExactly(plainProduct(m, n, inner, a, b), within(1e-3f));

      float[] gram = Gemm.gram(inner, n, b, Workers.alone());
      assertThat(gram).as("seed %d", seed).containsExactly(plainGram(inner, n, b), within(1e-3f));

      float[] lower = new float[n * n];
      Gemm.addProductLower(inner, n, b, b, lower);
      Gemm.mirror(lower, n);
      assertThat(lower).as("seed %d", seed).containsExactly(gram);
    }
  }

  @Test
  void products_are_the_same_on_any_number_of_threads() {
    var chance = new Chance(5);
    float[] a = chance.gaussians(333 * 77);
    float[] alone = Gemm.gram(333, 77, a, Workers.alone());
    try (var executor = Executors.newFixedThreadPool(4)) {
      assertThat(Gemm.gram(333, 77, a, Workers.of(executor, 16))).containsExactly(alone);
    }
  }

  @Test
  void a_factored_system_is_solved() {
    for (long seed = 0; seed < 60; seed++) {
      var chance = new Chance(seed);
      int n = chance.between(1, 130);
      float[] system = positive(chance, n);
      float[] solution = chance.gaussians(n);
      float[] b = plainProduct(n, 1, n, system, solution);
      Cholesky.factor(system, n, 0f);
      Cholesky.solve(system, n, b);
      assertThat(b).as("seed %d", seed).containsExactly(solution, within(2e-3f));
    }
  }

  @Test
  void the_inverse_of_the_factor_makes_a_block_orthonormal() {
    var chance = new Chance(3);
    int n = 45;
    float[] block = chance.gaussians(200 * n);
    float[] gram = Gemm.gram(200, n, block, Workers.alone());
    Cholesky.factor(gram, n, 0f);
    float[] q = plainProduct(200, n, n, block, Cholesky.inverseTransposed(gram, n));
    float[] identity = new float[n * n];
    for (int k = 0; k < n; k++) identity[k * n + k] = 1f;
    assertThat(plainGram(200, n, q)).containsExactly(identity, within(1e-4f));
  }

  @Test
  void a_direction_that_is_not_there_is_left_out() {
    float[] system = {4f, 4f, 4f, 4f};
    Cholesky.factor(system, 2, 1e-6f);
    float[] b = {8f, 8f};
    Cholesky.solve(system, 2, b);
    assertThat(b).containsExactly(2f, 0f);
  }

  static float[] positive(Chance chance, int n) {
    float[] square = plainGram(n, n, chance.gaussians(n * n));
    for (int k = 0; k < n; k++) square[k * n + k] += n;
    return square;
  }

  static float[] plainProduct(int m, int n, int inner, float[] a, float[] b) {
    float[] c = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < inner; p++) sum += (double) a[i * inner + p] * b[p * n + j];
        c[i * n + j] = (float) sum;
      }
    }
    return c;
  }

  static float[] plainGram(int rows, int n, float[] a) {
    float[] gram = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < rows; p++) sum += (double) a[p * n + i] * a[p * n + j];
        gram[i * n + j] = (float) sum;
      }
    }
    return gram;
  }
}
