package dev.kindred.engine.nearest;

import dev.kindred.engine.math.Int8;

/**
 * A direction in the turned space, a byte a coordinate.
 *
 * @param values the coordinates, scaled so that the largest is ±127
 * @param factor one over their length; zero for the vector of zeros, which is then like nothing
 */
@SuppressWarnings("ArrayRecordComponent")
record Quantised(byte[] values, float factor) {
  private static final int LARGEST = 127;

  static Quantised of(float[] turned) {
    float largest = 0;
    for (float x : turned) largest = Math.max(largest, Math.abs(x));
    byte[] values = new byte[turned.length];
    if (largest == 0) return new Quantised(values, 0);
    float scale = LARGEST / largest;
    for (int i = 0; i < turned.length; i++) values[i] = (byte) Math.round(turned[i] * scale);
    int square = Int8.dot(values, 0, values, 0, values.length);
    return new Quantised(values, (float) (1 / Math.sqrt(square)));
  }

  float cosine(Quantised other) {
    return cosine(Int8.dot(values, 0, other.values, 0, values.length), factor, other.factor);
  }

  static float cosine(int dot, float factor, float otherFactor) {
    return (float) Math.min(1, dot * ((double) factor * otherFactor));
  }

  /** Adds the direction, of length one, to a sum. */
  void addTo(float[] sum) {
    addTo(sum, 1f);
  }

  /** Adds the direction, of length {@code weight}, to a sum. */
  void addTo(float[] sum, float weight) {
    float scale = factor * weight;
    for (int i = 0; i < sum.length; i++) sum[i] += values[i] * scale;
  }

  /** One bit a coordinate: its sign. */
  long[] code() {
    long[] code = new long[values.length / Long.SIZE];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) code[i / Long.SIZE] |= 1L << i;
    }
    return code;
  }
}
