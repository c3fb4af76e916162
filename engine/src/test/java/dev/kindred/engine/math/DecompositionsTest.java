package dev.kindred.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Workers;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DecompositionsTest {
  @Test
  void eigenvectors_put_the_matrix_together_again() {
    for (long seed = 0; seed < 40; seed++) {
      var chance = new Chance(seed);
      int n = chance.between(1, 40);
      float[] symmetric = chance.gaussians(n * n);
      Gemm.mirror(symmetric, n);
      var eigen = SymmetricEigen.of(symmetric, n);
      float[] rebuilt = new float[n * n];
      for (int j = 0; j < n; j++) {
        if (j > 0) assertThat(eigen.values()[j]).isLessThanOrEqualTo(eigen.values()[j - 1]);
        for (int r = 0; r < n; r++) {
          for (int c = 0; c < n; c++) {
            rebuilt[r * n + c] +=
                (float)
                    (eigen.values()[j] * eigen.vectors()[r * n + j] * eigen.vectors()[c * n + j]);
          }
        }
      }
      assertThat(rebuilt).as("seed %d", seed).containsExactly(symmetric, within(1e-3f));
    }
  }

  @Test
  void singular_values_and_vectors_are_those_of_the_whole_decomposition() {
    for (long seed = 0; seed < 20; seed++) {
      var chance = new Chance(seed);
      var matrix = chance.tastes(chance.between(3, 60), chance.between(30, 50), 12).byUser();
      int columns = matrix.columns();
      var svd = TruncatedSvd.of(matrix, matrix.transposed(), 8, seed, Workers.alone());
      float[] gram = KernelsTest.plainGram(matrix.rows(), columns, dense(matrix));
      var whole = SymmetricEigen.of(gram, columns);
      for (int k = 0; k < svd.rank(); k++) {
        assertThat(svd.values()[k])
            .as("seed %d, value %d", seed, k)
            .isCloseTo((float) Math.sqrt(whole.values()[k]), within(0.02f));
        float[] vector = new float[columns];
        for (int c = 0; c < columns; c++) vector[c] = svd.right()[c * svd.stride() + k];
        assertThat(Vectors.dot(vector, vector)).as("seed %d", seed).isCloseTo(1f, within(1e-3f));
      }
    }
  }

  @Test
  void a_matrix_of_low_rank_gives_no_more_than_it_has() {
    var builder = dev.kindred.engine.Interactions.builder().atLeast(50, 40);
    for (int user = 0; user < 50; user++) {
      for (int item = user % 3; item < 40; item += 3) builder.add(user, item, 1f);
    }
    var matrix = builder.build().byUser();
    assertThat(TruncatedSvd.of(matrix, matrix.transposed(), 16, 1, Workers.alone()).rank())
        .isEqualTo(3);
  }

  @Test
  void the_decomposition_is_the_same_on_any_number_of_threads() {
    var matrix = new Chance(9).tastes(300, 200, 20).byUser();
    var alone = TruncatedSvd.of(matrix, matrix.transposed(), 20, 1, Workers.alone());
    try (var executor = Executors.newFixedThreadPool(4)) {
      for (int threads : new int[] {2, 16}) {
        var many =
            TruncatedSvd.of(matrix, matrix.transposed(), 20, 1, Workers.of(executor, threads));
        assertThat(many.right()).containsExactly(alone.right());
        assertThat(many.values()).containsExactly(alone.values());
      }
    }
  }

  private static float[] dense(dev.kindred.engine.SparseRows matrix) {
    float[] dense = new float[matrix.rows() * matrix.columns()];
    for (int r = 0; r < matrix.rows(); r++) {
      for (int n = matrix.starts()[r]; n < matrix.starts()[r + 1]; n++) {
        dense[r * matrix.columns() + matrix.indexes()[n]] = matrix.values()[n];
      }
    }
    return dense;
  }
}
