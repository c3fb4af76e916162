package dev.kindred.engine.math;

import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The greatest singular values of a sparse matrix and their right singular vectors.
 *
 * <p>Randomised subspace iteration: a random block is multiplied by {@code MᵀM} a few times and
 * made orthonormal in between by Cholesky QR, then the small matrix {@code (MQ)ᵀ(MQ)} is
 * diagonalised. A few columns more than asked for make the last ones accurate. Costs about {@code
 * rounds · rank · (4 · entries + 4 · columns · rank)} operations and {@code (rows + columns) ·
 * rank} floats, of which {@code columns · rank} stay. Halko, Martinsson, Tropp 2011.
 *
 * @param values descending; fewer than asked for when the matrix has no more
 * @param right a row for each column of the matrix, {@code stride} wide, of which the first {@code
 *     values.length} are the singular vectors
 */
@SuppressWarnings("ArrayRecordComponent")
public record TruncatedSvd(float[] values, float[] right, int stride) {
  private static final int SPARE = 16;
  private static final int ROUNDS = 4;

  /** Below this share of the greatest a direction is noise of single precision. */
  private static final float RELATIVE_MIN = 1e-6f;

  public static TruncatedSvd of(
      SparseRows matrix, SparseRows transposed, int rank, long seed, Workers workers) {
    int rows = matrix.rows();
    int columns = matrix.columns();
    int limit = Math.min(rows, columns);
    int width = Math.min(rank + SPARE, limit);
    if (width == 0 || matrix.size() == 0) return new TruncatedSvd(new float[0], new float[0], 0);

    float[] basis = gaussians(Math.multiplyExact(columns, width), seed);
    float[] image = new float[Math.multiplyExact(rows, width)];
    for (int round = 0; round <= ROUNDS; round++) {
      orthonormalise(basis, columns, width, workers);
      if (round == ROUNDS) orthonormalise(basis, columns, width, workers);
      multiply(matrix, basis, width, image, workers);
      if (round < ROUNDS) multiply(transposed, image, width, basis, workers);
    }
    var eigen = SymmetricEigen.of(Gemm.gram(rows, width, image, workers), width);
    int kept = 0;
    double least = RELATIVE_MIN * Math.max(eigen.values()[0], 0);
    while (kept < Math.min(rank, width) && eigen.values()[kept] > least) kept++;

    float[] values = new float[kept];
    for (int k = 0; k < kept; k++) values[k] = (float) Math.sqrt(eigen.values()[k]);
    Gemm.multiplyInPlace(columns, width, basis, eigen.vectors(), workers);
    return new TruncatedSvd(values, basis, width);
  }

  /** Bytes that it takes to find so many singular values. */
  public static double bytes(int rows, int columns, int rank) {
    return Float.BYTES * ((double) rows + columns) * (rank + SPARE);
  }

  /** So many singular values are found in so many bytes. */
  public static int rank(int rows, int columns, double bytes) {
    double each = Float.BYTES * Math.max(1, (double) rows + columns);
    return (int) Math.min(Integer.MAX_VALUE, bytes / each) - SPARE;
  }

  public int rank() {
    return values.length;
  }

  /** Sparse times dense: a row of the answer is the sum of the rows that its entries name. */
  static void multiply(
      SparseRows matrix, float[] dense, int width, float[] product, Workers workers) {
    workers.each(
        matrix.rows(),
        (from, to) -> {
          Arrays.fill(product, from * width, to * width, 0f);
          for (int r = from; r < to; r++) {
            for (int n = matrix.starts()[r]; n < matrix.starts()[r + 1]; n++) {
              Vectors.axpy(
                  matrix.values()[n],
                  dense,
                  matrix.indexes()[n] * width,
                  product,
                  r * width,
                  width);
            }
          }
        });
  }

  /** Cholesky QR; a second pass takes away the error that the squared condition left. */
  private static void orthonormalise(float[] block, int rows, int width, Workers workers) {
    float[] gram = Gemm.gram(rows, width, block, workers);
    float greatest = 0;
    for (int k = 0; k < width; k++) greatest = Math.max(greatest, gram[k * width + k]);
    Cholesky.factor(gram, width, RELATIVE_MIN * greatest);
    Gemm.multiplyInPlace(rows, width, block, Cholesky.inverseTransposed(gram, width), workers);
  }

  private static float[] gaussians(int length, long seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int n = 0; n < length; n++) values[n] = (float) random.nextGaussian();
    return values;
  }
}
