package dev.kindred.engine;

/** Dense matrices and plain loops, for the slow twins of fast algorithms. */
public final class Twins {
  private Twins() {}

  public static double[][] dense(SparseRows rows) {
    double[][] dense = new double[rows.rows()][rows.columns()];
    for (int r = 0; r < rows.rows(); r++) {
      for (int n = rows.starts()[r]; n < rows.starts()[r + 1]; n++) {
        dense[r][rows.indexes()[n]] += rows.values()[n];
      }
    }
    return dense;
  }

  public static double rowSum(double[][] matrix, int row) {
    double sum = 0;
    for (double value : matrix[row]) sum += value;
    return sum;
  }

  public static double columnSum(double[][] matrix, int column) {
    double sum = 0;
    for (double[] row : matrix) sum += row[column];
    return sum;
  }

  /** A degree to a power; nothing stays nothing. */
  public static double power(double degree, double exponent) {
    return degree > 0 ? Math.pow(degree, exponent) : 0;
  }

  /** Gauss elimination with the greatest pivot. */
  public static double[] solve(double[][] system, double[] right) {
    int n = right.length;
    double[][] a = new double[n][];
    for (int r = 0; r < n; r++) a[r] = system[r].clone();
    double[] b = right.clone();
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int r = k + 1; r < n; r++) if (Math.abs(a[r][k]) > Math.abs(a[pivot][k])) pivot = r;
      double[] swap = a[k];
      a[k] = a[pivot];
      a[pivot] = swap;
      double other = b[k];
      b[k] = b[pivot];
      b[pivot] = other;
      for (int r = k + 1; r < n; r++) {
        double factor = a[r][k] / a[k][k];
        for (int c = k; c < n; c++) a[r][c] -= factor * a[k][c];
        b[r] -= factor * b[k];
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int c = k + 1; c < n; c++) b[k] -= a[k][c] * b[c];
      b[k] /= a[k][k];
    }
    return b;
  }
}
