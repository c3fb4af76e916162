package dev.kindred.engine.math;

import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** Columns that are multiplied at once: their images are the only thing as long as the rows. */
  private static final int FEW = 32;

  private static final int ROWS_AT_ONCE = 4096;

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
    var block = new Columns(basis, width, 0, width);
    float[] ofRows = new float[Math.multiplyExact(rows, Math.min(FEW, width))];
    float[] ofColumns = new float[Math.multiplyExact(columns, Math.min(FEW, width))];
    for (int round = 0; round < ROUNDS; round++) {
      orthonormalise(basis, columns, width, workers);
      for (Columns few : block.byFew()) {
        // Side by side, what rows are added up from stays in the cache.
        var close = new Columns(ofColumns, few.width(), 0, few.width());
        close.take(few, columns);
        multiply(matrix, ofColumns, ofRows, few.width(), workers);
        multiply(transposed, ofRows, ofColumns, few.width(), workers);
        few.take(close, columns);
      }
    }
    orthonormalise(basis, columns, width, workers);
    orthonormalise(basis, columns, width, workers);
    var eigen = SymmetricEigen.of(gram(matrix, block, workers), width);
    int kept = 0;
    double least = RELATIVE_MIN * Math.max(eigen.values()[0], 0);
    while (kept < Math.min(rank, width) && eigen.values()[kept] > least) kept++;

    float[] values = new float[kept];
    for (int k = 0; k < kept; k++) values[k] = (float) Math.sqrt(eigen.values()[k]);
    Gemm.multiplyInPlace(columns, width, basis, eigen.vectors(), workers);
    return new TruncatedSvd(values, basis, width);
  }

  /** So many singular values are found in so many bytes. */
  public static int rank(int rows, int columns, double bytes) {
    double floats = bytes / Float.BYTES - (double) rows * FEW;
    return (int) Math.clamp(floats / Math.max(1, columns) - SPARE, 0, Integer.MAX_VALUE);
  }

  public int rank() {
    return values.length;
  }

  /**
   * Some columns of a dense matrix.
   *
   * @param stride from one row to the next
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Columns(float[] values, int stride, int from, int width) {
    static Columns of(int rows, int width) {
      return new Columns(new float[Math.multiplyExact(rows, width)], width, 0, width);
    }

    int at(int row) {
      return row * stride + from;
    }

    /** Copies as many of each row. */
    void take(Columns other, int rows) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(other.values, other.at(row), values, at(row), width);
      }
    }

    /** All of them, a few at a time. */
    List<Columns> byFew() {
      var parts = new ArrayList<Columns>();
      for (int first = 0; first < width; first += FEW) {
        parts.add(new Columns(values, stride, first, Math.min(FEW, width - first)));
      }
      return parts;
    }
  }

  /** Sparse times dense: a row of the answer is the sum of the rows that its entries name. */
  private static void multiply(
      SparseRows matrix, float[] dense, float[] product, int width, Workers workers) {
    workers.each(
        matrix.rows(),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int first = matrix.starts()[r];
            int end = matrix.starts()[r + 1];
            Vectors.sumRows(
                matrix.values(), matrix.indexes(), first, end, dense, width, product, r * width);
          }
        });
  }

  /**
   * The same for some of the rows and a dense matrix that is too wide to stay near, so that each of
   * its rows is read once.
   */
  private static void multiply(
      SparseRows matrix, Columns dense, Columns product, int first, int end, Workers workers) {
    int width = dense.width();
    workers.each(
        end - first,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int at = product.at(r);
            Arrays.fill(product.values(), at, at + width, 0f);
            for (int n = matrix.starts()[first + r]; n < matrix.starts()[first + r + 1]; n++) {
              int row = dense.at(matrix.indexes()[n]);
              Vectors.axpy(matrix.values()[n], dense.values(), row, product.values(), at, width);
            }
          }
        });
  }

  /**
   * The Gram matrix of the image of a block, whose rows are forgotten as soon as they are in it.
   */
  private static float[] gram(SparseRows matrix, Columns block, Workers workers) {
    int width = block.width();
    float[] gram = new float[width * width];
    var image = Columns.of(Math.min(ROWS_AT_ONCE, matrix.rows()), width);
    for (int first = 0; first < matrix.rows(); first += ROWS_AT_ONCE) {
      int end = Math.min(matrix.rows(), first + ROWS_AT_ONCE);
      multiply(matrix, block, image, first, end, workers);
      Gemm.addGram(end - first, width, image.values(), gram, workers);
    }
    return gram;
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
