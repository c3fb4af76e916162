package dev.kindred.store.jdbc;

import dev.kindred.domain.FeatureVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Feature vectors as bytes: exact, and as few of them as possible.
 *
 * <p>Made vectors are mostly zeros, so only the other numbers are kept, each with its distance from
 * the one before; a vector of few zeros is kept whole. Where every number can be told in half
 * precision without loss, two bytes hold it instead of four. The first byte says which, then come
 * the version of the statistics and the dimension.
 */
final class VectorCode {

  private static final int SPARSE = 1;
  private static final int HALF = 2;
  private static final int KNOWN_FLAGS = SPARSE | HALF;

  /** So many bytes of a code at most say what the vector was made with. */
  static final int VERSION_BYTES_MAX = 6;

  private VectorCode() {}

  static byte[] encode(FeatureVector vector) {
    float[] values = vector.values();
    boolean half = true;
    int nonZero = 0;
    int indexBytes = 0;
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      // By its bits: a negative zero is not left out.
      if (Float.floatToRawIntBits(values[i]) == 0) continue;
      nonZero++;
      indexBytes += varintBytes(i - last - 1);
      last = i;
      half &= isExactInHalf(values[i]);
    }
    int valueBytes = half ? Short.BYTES : Float.BYTES;
    boolean sparse =
        varintBytes(nonZero) + indexBytes + nonZero * valueBytes < values.length * valueBytes;
    int bytes =
        1
            + varintBytes(vector.madeWith() + 1)
            + varintBytes(values.length)
            + (sparse
                ? varintBytes(nonZero) + indexBytes + nonZero * valueBytes
                : values.length * valueBytes);
    ByteBuffer to = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    to.put((byte) ((sparse ? SPARSE : 0) | (half ? HALF : 0)));
    putVarint(to, vector.madeWith() + 1);
    putVarint(to, values.length);
    if (!sparse) {
      for (float value : values) putValue(to, value, half);
      return to.array();
    }
    putVarint(to, nonZero);
    last = -1;
    for (int i = 0; i < values.length; i++) {
      if (Float.floatToRawIntBits(values[i]) == 0) continue;
      putVarint(to, i - last - 1);
      putValue(to, values[i], half);
      last = i;
    }
    return to.array();
  }

  /**
   * What a vector was made with.
   *
   * @param code the first {@link #VERSION_BYTES_MAX} bytes of its code, or more
   */
  static int madeWith(byte[] code) {
    flags(code);
    return varint(ByteBuffer.wrap(code).position(1)) - 1;
  }

  private static int flags(byte[] code) {
    int flags = code[0];
    if ((flags & ~KNOWN_FLAGS) == 0) return flags;
    throw new IllegalStateException(
        "a stored vector is of unknown form " + flags + ": " + Arrays.toString(code));
  }

  static FeatureVector decode(byte[] code) {
    int flags = flags(code);
    ByteBuffer from = ByteBuffer.wrap(code).position(1).order(ByteOrder.LITTLE_ENDIAN);
    boolean half = (flags & HALF) != 0;
    int madeWith = varint(from) - 1;
    float[] values = new float[varint(from)];
    if ((flags & SPARSE) == 0) {
      for (int i = 0; i < values.length; i++) values[i] = value(from, half);
    } else {
      int nonZero = varint(from);
      int index = -1;
      for (int i = 0; i < nonZero; i++) {
        index += varint(from) + 1;
        values[index] = value(from, half);
      }
    }
    return new FeatureVector(values, madeWith);
  }

  private static boolean isExactInHalf(float value) {
    float there = Float.float16ToFloat(Float.floatToFloat16(value));
    return Float.floatToRawIntBits(there) == Float.floatToRawIntBits(value);
  }

  private static void putValue(ByteBuffer to, float value, boolean half) {
    if (half) to.putShort(Float.floatToFloat16(value));
    else to.putFloat(value);
  }

  private static float value(ByteBuffer from, boolean half) {
    return half ? Float.float16ToFloat(from.getShort()) : from.getFloat();
  }

  private static int varintBytes(int value) {
    return 1 + (31 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private static void putVarint(ByteBuffer to, int value) {
    int rest = value;
    while (rest > 0x7f) {
      to.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  private static int varint(ByteBuffer from) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = from.get();
      value |= (b & 0x7f) << shift;
      if (b >= 0) return value;
    }
  }
}
