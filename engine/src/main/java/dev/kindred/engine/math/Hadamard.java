package dev.kindred.engine.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Walsh–Hadamard transform: n numbers become n sums of all of them, in each of which every
 * number has a sign of its own, by n log n additions.
 *
 * <p>A number comes of the same additions in the same order however wide the machine's registers
 * are, so the result does not depend on that.
 */
public final class Hadamard {
  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final VectorShuffle<Float> BY_ONE = swap(1);
  private static final VectorShuffle<Float> BY_TWO = swap(2);
  private static final VectorShuffle<Float> BY_FOUR = swap(4);
  private static final VectorShuffle<Float> BY_EIGHT = swap(8);
  private static final FloatVector SIGNS_ONE = signs(1);
  private static final FloatVector SIGNS_TWO = signs(2);
  private static final FloatVector SIGNS_FOUR = signs(4);
  private static final FloatVector SIGNS_EIGHT = signs(8);

  private Hadamard() {}

  /** Transforms a part of an array in its place; the length of it must be a power of two. */
  public static void transform(float[] x, int from, int length) {
    int half = 1;
    if (length >= LANES && LANES <= 16) {
      for (int i = from; i < from + length; i += LANES) {
        within(FloatVector.fromArray(WIDE, x, i)).intoArray(x, i);
      }
      half = LANES;
    }
    for (; half < length; half *= 2) {
      for (int at = from; at < from + length; at += 2 * half) across(x, at, half);
    }
  }

  /** The steps in which numbers meet that stand in one register. */
  private static FloatVector within(FloatVector x) {
    if (LANES > 1) x = x.rearrange(BY_ONE).add(x.mul(SIGNS_ONE));
    if (LANES > 2) x = x.rearrange(BY_TWO).add(x.mul(SIGNS_TWO));
    if (LANES > 4) x = x.rearrange(BY_FOUR).add(x.mul(SIGNS_FOUR));
    if (LANES > 8) x = x.rearrange(BY_EIGHT).add(x.mul(SIGNS_EIGHT));
    return x;
  }

  private static void across(float[] x, int at, int half) {
    int i = at;
    for (; i <= at + half - LANES; i += LANES) {
      var a = FloatVector.fromArray(WIDE, x, i);
      var b = FloatVector.fromArray(WIDE, x, i + half);
      a.add(b).intoArray(x, i);
      a.sub(b).intoArray(x, i + half);
    }
    for (; i < at + half; i++) {
      float a = x[i];
      float b = x[i + half];
      x[i] = a + b;
      x[i + half] = a - b;
    }
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(WIDE, lane -> (lane ^ distance) % LANES);
  }

  /** Of two numbers the second is taken from the first. */
  private static FloatVector signs(int distance) {
    float[] signs = new float[LANES];
    for (int lane = 0; lane < LANES; lane++) signs[lane] = (lane & distance) == 0 ? 1 : -1;
    return FloatVector.fromArray(WIDE, signs, 0);
  }
}
