package dev.kindred.engine.math;

import dev.kindred.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dense products of row-major matrices: {@code C += A·B}, {@code C += Aᵀ·B} and the Gram matrix
 * {@code AᵀA}.
 *
 * <p>One kernel does all of it: a tile of four rows by four vectors of C stays in registers while
 * the inner dimension runs by, so that sixteen multiply-adds share eight loads. The inner dimension
 * is cut so that the part of B in use stays in the second-level cache. Every element of C is summed
 * in the same order whatever the threads.
 */
public final class Gemm {
  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final int TILE_ROWS = 4;
  private static final int TILE_COLUMNS = 4 * LANES;
  private static final int INNER_MAX = 128;
  private static final int PANEL_ROWS = 16 * TILE_ROWS;

  private Gemm() {}

  /** {@code c (m × n) += a (m × inner) · b (inner × n)}. */
  public static void multiply(
      int m, int n, int inner, float[] a, float[] b, float[] c, Workers workers) {
    workers.each(
        m,
        TILE_ROWS,
        (from, to) -> add(to - from, n, inner, a, from * inner, inner, 1, b, 0, n, c, from * n, n));
  }

  /** {@code a (m × n) = a · b (n × n)}, a few rows at a time, so that there is one {@code a}. */
  static void multiplyInPlace(int m, int n, float[] a, float[] b, Workers workers) {
    workers.each(
        m,
        PANEL_ROWS,
        (from, to) -> {
          float[] panel = new float[PANEL_ROWS * n];
          for (int row = from; row < to; row += PANEL_ROWS) {
            int height = Math.min(PANEL_ROWS, to - row);
            System.arraycopy(a, row * n, panel, 0, height * n);
            Arrays.fill(a, row * n, (row + height) * n, 0f);
            add(height, n, n, panel, 0, n, 1, b, 0, n, a, row * n, n);
          }
        });
  }

  /** The Gram matrix {@code aᵀ·a} of {@code a (rows × n)}, both halves. */
  public static float[] gram(int rows, int n, float[] a, Workers workers) {
    float[] gram = new float[n * n];
    addGram(rows, n, a, gram, workers);
    return gram;
  }

  /** Adds the Gram matrix of {@code a (rows × n)} to one of others. */
  static void addGram(int rows, int n, float[] a, float[] gram, Workers workers) {
    int bands = (n + TILE_COLUMNS - 1) / TILE_COLUMNS;
    workers.each(
        bands,
        (from, to) -> {
          for (int band = from; band < to; band++) {
            int first = band * TILE_COLUMNS;
            int height = Math.min(TILE_COLUMNS, n - first);
            add(height, first + height, rows, a, first, 1, n, a, 0, n, gram, first * n, n);
          }
        });
    mirror(gram, n);
  }

  /**
   * Adds {@code aᵀ·b} of two (rows × n) to the lower half of {@code square (n × n)}; for one
   * thread.
   */
  static void addProductLower(int rows, int n, float[] a, float[] b, float[] square) {
    for (int first = 0; first < n; first += TILE_COLUMNS) {
      int height = Math.min(TILE_COLUMNS, n - first);
      add(height, first + height, rows, a, first, 1, n, b, 0, n, square, first * n, n);
    }
  }

  static void mirror(float[] square, int n) {
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < r; c++) square[c * n + r] = square[r * n + c];
    }
  }

  /**
   * The kernel's outer loops: {@code c[i][j] += Σ_p a(i, p) · b[p][j]}, where {@code a(i, p)} lies
   * at {@code aFrom + i * aRow + p * aInner}, so that A may be read as it is or transposed.
   */
  static void add(
      int m,
      int n,
      int inner,
      float[] a,
      int aFrom,
      int aRow,
      int aInner,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride) {
    for (int start = 0; start < inner; start += INNER_MAX) {
      int depth = Math.min(INNER_MAX, inner - start);
      int aAt = aFrom + start * aInner;
      int bAt = bFrom + start * bStride;
      int i = 0;
      for (; i <= m - TILE_ROWS; i += TILE_ROWS) {
        int j = 0;
        for (; j <= n - TILE_COLUMNS; j += TILE_COLUMNS) {
          tile(
              depth,
              a,
              aAt + i * aRow,
              aRow,
              aInner,
              b,
              bAt + j,
              bStride,
              c,
              cFrom + i * cStride + j,
              cStride);
        }
        for (int row = i; row < i + TILE_ROWS; row++) {
          edge(
              depth,
              n - j,
              a,
              aAt + row * aRow,
              aInner,
              b,
              bAt + j,
              bStride,
              c,
              cFrom + row * cStride + j);
        }
      }
      for (; i < m; i++)
        edge(depth, n, a, aAt + i * aRow, aInner, b, bAt, bStride, c, cFrom + i * cStride);
    }
  }

  private static void tile(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    int c1 = cAt + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    var s00 = load(c, cAt);
    var s01 = load(c, cAt + LANES);
    var s02 = load(c, cAt + 2 * LANES);
    var s03 = load(c, cAt + 3 * LANES);
    var s10 = load(c, c1);
    var s11 = load(c, c1 + LANES);
    var s12 = load(c, c1 + 2 * LANES);
    var s13 = load(c, c1 + 3 * LANES);
    var s20 = load(c, c2);
    var s21 = load(c, c2 + LANES);
    var s22 = load(c, c2 + 2 * LANES);
    var s23 = load(c, c2 + 3 * LANES);
    var s30 = load(c, c3);
    var s31 = load(c, c3 + LANES);
    var s32 = load(c, c3 + 2 * LANES);
    var s33 = load(c, c3 + 3 * LANES);
    for (int p = 0; p < depth; p++, aAt += aInner, bAt += bStride) {
      var b0 = load(b, bAt);
      var b1 = load(b, bAt + LANES);
      var b2 = load(b, bAt + 2 * LANES);
      var b3 = load(b, bAt + 3 * LANES);
      var a0 = FloatVector.broadcast(WIDE, a[aAt]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      var a1 = FloatVector.broadcast(WIDE, a[aAt + aRow]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      var a2 = FloatVector.broadcast(WIDE, a[aAt + 2 * aRow]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      var a3 = FloatVector.broadcast(WIDE, a[aAt + 3 * aRow]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
      s33 = a3.fma(b3, s33);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s02.intoArray(c, cAt + 2 * LANES);
    s03.intoArray(c, cAt + 3 * LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s12.intoArray(c, c1 + 2 * LANES);
    s13.intoArray(c, c1 + 3 * LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s22.intoArray(c, c2 + 2 * LANES);
    s23.intoArray(c, c2 + 3 * LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s32.intoArray(c, c3 + 2 * LANES);
    s33.intoArray(c, c3 + 3 * LANES);
  }

  /** What is left of a row beside the tiles. */
  private static void edge(
      int depth,
      int width,
      float[] a,
      int aAt,
      int aInner,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt) {
    if (width == 0) return;
    for (int p = 0; p < depth; p++)
      Vectors.axpy(a[aAt + p * aInner], b, bAt + p * bStride, c, cAt, width);
  }

  private static FloatVector load(float[] values, int from) {
    return FloatVector.fromArray(WIDE, values, from);
  }
}
