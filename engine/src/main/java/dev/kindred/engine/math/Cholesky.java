package dev.kindred.engine.math;

/**
 * Factors a symmetric positive definite matrix into {@code L·Lᵀ} in place, and solves with it.
 *
 * <p>Right-looking by blocks: factor a small square on the diagonal, solve the panel below it, and
 * take the panel's product off the rest, which is nearly all of the n³/3 multiply-adds and runs in
 * {@link Gemm}'s kernel. Only the lower half of the row-major array is read and written. For one
 * thread: the small systems are many, so they are what is spread over threads.
 */
public final class Cholesky {
  private static final int BLOCK = 32;

  private Cholesky() {}

  /**
   * Factors {@code a (n × n)} in place. A pivot that is not above {@code pivotMin} marks a
   * direction that is not there: its column becomes zero and {@link #solve} leaves it out.
   */
  public static void factor(float[] a, int n, float pivotMin) {
    float[] panel = new float[BLOCK * n];
    for (int k = 0; k < n; k += BLOCK) {
      int width = Math.min(BLOCK, n - k);
      for (int i = k; i < n; i++) eliminate(a, n, k, Math.min(width, i - k + 1), i, pivotMin);
      int rest = k + width;
      int height = n - rest;
      for (int p = 0; p < width; p++) {
        for (int i = 0; i < height; i++) panel[p * height + i] = -a[(rest + i) * n + k + p];
      }
      for (int band = 0; band < height; band += BLOCK) {
        int rows = Math.min(BLOCK, height - band);
        int at = (rest + band) * n;
        Gemm.add(rows, band + rows, width, a, at + k, n, 1, panel, 0, height, a, at + rest, n);
      }
    }
  }

  /** Finishes row {@code i} of the block column that begins at {@code k}. */
  private static void eliminate(float[] a, int n, int k, int width, int i, float pivotMin) {
    int row = i * n + k;
    for (int j = 0; j < width; j++) {
      int other = (k + j) * n + k;
      float rest = a[row + j] - Vectors.dot(a, row, a, other, j);
      if (k + j == i) a[row + j] = rest > pivotMin ? (float) Math.sqrt(rest) : 0f;
      else a[row + j] = a[other + j] == 0f ? 0f : rest / a[other + j];
    }
  }

  /** Solves {@code L·Lᵀ·x = b} in place of {@code b}, after {@link #factor}. */
  public static void solve(float[] factored, int n, float[] b) {
    for (int i = 0; i < n; i++) {
      float pivot = factored[i * n + i];
      b[i] = pivot == 0f ? 0f : (b[i] - Vectors.dot(factored, i * n, b, 0, i)) / pivot;
    }
    for (int i = n - 1; i >= 0; i--) {
      float pivot = factored[i * n + i];
      b[i] = pivot == 0f ? 0f : b[i] / pivot;
      Vectors.axpy(-b[i], factored, i * n, b, 0, i);
    }
  }

  /**
   * The inverse of {@code L}, transposed: upper triangular, row-major, ready to multiply from the
   * right.
   */
  static float[] inverseTransposed(float[] factored, int n) {
    float[] inverse = new float[n * n];
    for (int i = 0; i < n; i++) {
      float pivot = factored[i * n + i];
      if (pivot == 0f) continue;
      int row = i * n;
      for (int j = 0; j < i; j++)
        Vectors.axpy(-factored[row + j] / pivot, inverse, j * n, inverse, row, j + 1);
      inverse[row + i] = 1f / pivot;
    }
    float[] turned = new float[n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c <= r; c++) turned[c * n + r] = inverse[r * n + c];
    }
    return turned;
  }
}
