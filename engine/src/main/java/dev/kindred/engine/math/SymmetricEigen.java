package dev.kindred.engine.math;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, in double precision: Householder
 * reflections to tridiagonal form, then implicit QL steps (the tred2 and tql2 of EISPACK; Wilkinson
 * and Reinsch 1971).
 *
 * <p>About 9n³ operations for one thread, a second or two at n = 1000. Vectors are kept as rows, so
 * that every inner loop runs along memory. Eigenvalues come in descending order.
 */
final class SymmetricEigen {
  private static final double EPSILON = 0x1p-52;
  private static final int SWEEPS_MAX = 60;

  private final int n;
  private final double[][] v;
  private final double[] d;
  private final double[] e;

  private SymmetricEigen(float[] symmetric, int n) {
    this.n = n;
    this.v = new double[n][n];
    this.d = new double[n];
    this.e = new double[n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) v[r][c] = symmetric[r * n + c];
    }
  }

  /**
   * Eigenvalues, greatest first, and the eigenvector of {@code values[j]} as column {@code j} of n
   * × n row-major.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Result(double[] values, float[] vectors) {}

  static Result of(float[] symmetric, int n) {
    var eigen = new SymmetricEigen(symmetric, n);
    eigen.reduce();
    eigen.accumulate();
    eigen.diagonalise();
    return eigen.sorted();
  }

  /** To tridiagonal form: the diagonal in d, what stands beside it in e, the reflections in v. */
  private void reduce() {
    for (int j = 0; j < n; j++) d[j] = v[j][n - 1];
    for (int i = n - 1; i > 0; i--) {
      double scale = 0;
      for (int k = 0; k < i; k++) scale += Math.abs(d[k]);
      if (scale == 0) {
        e[i] = d[i - 1];
        for (int j = 0; j < i; j++) {
          d[j] = v[j][i - 1];
          v[j][i] = 0;
          v[i][j] = 0;
        }
        d[i] = 0;
      } else {
        d[i] = reflect(i, scale);
      }
    }
  }

  private double reflect(int i, double scale) {
    double h = 0;
    for (int k = 0; k < i; k++) {
      d[k] /= scale;
      h += d[k] * d[k];
      e[k] = 0;
    }
    double f = d[i - 1];
    double g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    h -= f * g;
    d[i - 1] = f - g;
    for (int j = 0; j < i; j++) {
      double[] column = v[j];
      f = d[j];
      v[i][j] = f;
      g = e[j] + column[j] * f;
      for (int k = j + 1; k < i; k++) {
        g += column[k] * d[k];
        e[k] += column[k] * f;
      }
      e[j] = g;
    }
    f = 0;
    for (int j = 0; j < i; j++) {
      e[j] /= h;
      f += e[j] * d[j];
    }
    double half = f / (h + h);
    for (int j = 0; j < i; j++) e[j] -= half * d[j];
    for (int j = 0; j < i; j++) {
      double[] column = v[j];
      f = d[j];
      g = e[j];
      for (int k = j; k < i; k++) column[k] -= f * e[k] + g * d[k];
      d[j] = column[i - 1];
      column[i] = 0;
    }
    return h;
  }

  /** Multiplies the reflections together. */
  private void accumulate() {
    for (int i = 0; i < n - 1; i++) {
      double[] next = v[i + 1];
      v[i][n - 1] = v[i][i];
      v[i][i] = 1;
      double h = d[i + 1];
      if (h != 0) {
        for (int k = 0; k <= i; k++) d[k] = next[k] / h;
        for (int j = 0; j <= i; j++) {
          double[] column = v[j];
          double g = 0;
          for (int k = 0; k <= i; k++) g += next[k] * column[k];
          for (int k = 0; k <= i; k++) column[k] -= g * d[k];
        }
      }
      for (int k = 0; k <= i; k++) next[k] = 0;
    }
    for (int j = 0; j < n; j++) {
      d[j] = v[j][n - 1];
      v[j][n - 1] = 0;
    }
    v[n - 1][n - 1] = 1;
    e[0] = 0;
  }

  private void diagonalise() {
    System.arraycopy(e, 1, e, 0, n - 1);
    e[n - 1] = 0;
    double shift = 0;
    double greatest = 0;
    for (int l = 0; l < n; l++) {
      greatest = Math.max(greatest, Math.abs(d[l]) + Math.abs(e[l]));
      int m = l;
      while (m < n - 1 && Math.abs(e[m]) > EPSILON * greatest) m++;
      for (int sweep = 0; m > l && sweep < SWEEPS_MAX; sweep++) {
        shift += step(l, m);
        if (Math.abs(e[l]) <= EPSILON * greatest) break;
      }
      d[l] += shift;
      e[l] = 0;
    }
  }

  /** One implicit QL step on rows l to m; returns the shift it took off the diagonal. */
  private double step(int l, int m) {
    double g = d[l];
    double p = (d[l + 1] - g) / (2 * e[l]);
    double r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
    d[l] = e[l] / (p + r);
    d[l + 1] = e[l] * (p + r);
    double next = d[l + 1];
    double shift = g - d[l];
    for (int i = l + 2; i < n; i++) d[i] -= shift;
    p = d[m];
    double beside = e[l + 1];
    double c = 1;
    double c2 = 1;
    double c3 = 1;
    double s = 0;
    double s2 = 0;
    for (int i = m - 1; i >= l; i--) {
      c3 = c2;
      c2 = c;
      s2 = s;
      g = c * e[i];
      double h = c * p;
      r = Math.hypot(p, e[i]);
      e[i + 1] = s * r;
      s = e[i] / r;
      c = p / r;
      p = c * d[i] - s * g;
      d[i + 1] = h + s * (c * g + s * d[i]);
      rotate(v[i], v[i + 1], c, s);
    }
    p = -s * s2 * c3 * beside * e[l] / next;
    e[l] = s * p;
    d[l] = c * p;
    return shift;
  }

  private static void rotate(double[] a, double[] b, double c, double s) {
    for (int k = 0; k < a.length; k++) {
      double h = b[k];
      b[k] = s * a[k] + c * h;
      a[k] = c * a[k] - s * h;
    }
  }

  private Result sorted() {
    Integer[] order = new Integer[n];
    for (int j = 0; j < n; j++) order[j] = j;
    java.util.Arrays.sort(order, (a, b) -> Double.compare(d[b], d[a]));
    double[] values = new double[n];
    float[] vectors = new float[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = d[order[j]];
      double[] vector = v[order[j]];
      for (int k = 0; k < n; k++) vectors[k * n + j] = (float) vector[k];
    }
    return new Result(values, vectors);
  }
}
