package dev.kindred.engine.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Dot product and scaled addition over parts of float arrays, as wide as the machine. */
public final class Vectors {
  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final VectorShuffle<Float> BY_EIGHT = swap(8);
  private static final VectorShuffle<Float> BY_FOUR = swap(4);
  private static final VectorShuffle<Float> BY_TWO = swap(2);
  private static final VectorShuffle<Float> BY_ONE = swap(1);

  private Vectors() {}

  public static float dot(float[] a, float[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  /**
   * The sum of {@code a[aFrom + n] * b[bFrom + n]} over {@code length}; four chains hide the
   * latency of the adds.
   */
  public static float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    var s0 = FloatVector.zero(WIDE);
    var s1 = s0;
    var s2 = s0;
    var s3 = s0;
    int n = 0;
    for (; n <= length - 4 * LANES; n += 4 * LANES) {
      s0 = load(a, aFrom + n).fma(load(b, bFrom + n), s0);
      s1 = load(a, aFrom + n + LANES).fma(load(b, bFrom + n + LANES), s1);
      s2 = load(a, aFrom + n + 2 * LANES).fma(load(b, bFrom + n + 2 * LANES), s2);
      s3 = load(a, aFrom + n + 3 * LANES).fma(load(b, bFrom + n + 3 * LANES), s3);
    }
    for (; n <= length - LANES; n += LANES) s0 = load(a, aFrom + n).fma(load(b, bFrom + n), s0);
    float sum = sum(s0.add(s1).add(s2.add(s3)));
    for (; n < length; n++) sum += a[aFrom + n] * b[bFrom + n];
    return sum;
  }

  public static void axpy(float alpha, float[] x, float[] y) {
    axpy(alpha, x, 0, y, 0, x.length);
  }

  /** Adds {@code alpha * x[xFrom + n]} to {@code y[yFrom + n]} over {@code length}. */
  public static void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
    var factor = FloatVector.broadcast(WIDE, alpha);
    int n = 0;
    for (; n <= length - LANES; n += LANES) {
      load(x, xFrom + n).fma(factor, load(y, yFrom + n)).intoArray(y, yFrom + n);
    }
    for (; n < length; n++) y[yFrom + n] = Math.fma(x[xFrom + n], alpha, y[yFrom + n]);
  }

  /**
   * The weighted sum of some rows of a dense matrix: {@code factors[n]} times row {@code rows[n]},
   * for {@code n} from {@code first} up to {@code end}. It stays in registers while the rows run
   * by, and adds as {@link #axpy} does, one row after another.
   *
   * @param width of a row, with nothing between it and the next
   */
  static void sumRows(
      float[] factors,
      int[] rows,
      int first,
      int end,
      float[] dense,
      int width,
      float[] sum,
      int at) {
    int k = 0;
    for (; k <= width - 2 * LANES; k += 2 * LANES) {
      var left = FloatVector.zero(WIDE);
      var right = left;
      for (int n = first; n < end; n++) {
        int from = rows[n] * width + k;
        var factor = FloatVector.broadcast(WIDE, factors[n]);
        left = load(dense, from).fma(factor, left);
        right = load(dense, from + LANES).fma(factor, right);
      }
      left.intoArray(sum, at + k);
      right.intoArray(sum, at + k + LANES);
    }
    for (; k < width; k++) {
      float rest = 0;
      for (int n = first; n < end; n++) {
        rest = Math.fma(dense[rows[n] * width + k], factors[n], rest);
      }
      sum[at + k] = rest;
    }
  }

  /**
   * Adds the lanes in one fixed order; the built-in reduction may choose another once it is
   * compiled.
   */
  private static float sum(FloatVector lanes) {
    if (LANES > 8) lanes = lanes.add(lanes.rearrange(BY_EIGHT));
    if (LANES > 4) lanes = lanes.add(lanes.rearrange(BY_FOUR));
    if (LANES > 2) lanes = lanes.add(lanes.rearrange(BY_TWO));
    if (LANES > 1) lanes = lanes.add(lanes.rearrange(BY_ONE));
    return lanes.lane(0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(WIDE, lane -> (lane ^ distance) % LANES);
  }

  private static FloatVector load(float[] values, int from) {
    return FloatVector.fromArray(WIDE, values, from);
  }
}
