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
    // Two plain loops instead of one: the compiler makes both of them wide.
    int[] rounded = new int[turned.length];
    for (int i = 0; i < rounded.length; i++) rounded[i] = Math.round(turned[i] * scale);
    for (int i = 0; i < rounded.length; i++) values[i] = (byte) rounded[i];
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
    return Int8.signs(values);
  }
}
