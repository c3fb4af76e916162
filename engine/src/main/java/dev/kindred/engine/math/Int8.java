package dev.kindred.engine.math;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of vectors of bytes between -127 and 127, whose length is a multiple of {@link
 * #STEP}, and their signs.
 *
 * <p>Integers add up to the same sum in any order: the result does not depend on the width of the
 * machine's registers, which floats could not promise.
 */
public final class Int8 {
  /** What lengths are a multiple of. */
  public static final int STEP = 64;

  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));

  private Int8() {}

  public static int dot(byte[] a, int aAt, byte[] b, int bAt, int length) {
    var sum = IntVector.zero(INTS);
    for (int i = 0; i < length; i += BYTES.length()) {
      sum =
          plus(
              sum,
              ByteVector.fromArray(BYTES, a, aAt + i),
              ByteVector.fromArray(BYTES, b, bAt + i));
    }
    return sum.reduceLanes(ADD);
  }

  /**
   * As above with the first vector outside the heap: a kernel that met both kinds would be slow for
   * both.
   */
  public static int dot(MemorySegment a, long aAt, byte[] b, int bAt, int length) {
    var sum = IntVector.zero(INTS);
    for (int i = 0; i < length; i += BYTES.length()) {
      var left = ByteVector.fromMemorySegment(BYTES, a, aAt + i, ByteOrder.nativeOrder());
      sum = plus(sum, left, ByteVector.fromArray(BYTES, b, bAt + i));
    }
    return sum.reduceLanes(ADD);
  }

  /**
   * A code with a bit for each number: whether it is negative. A whole number of longs, the first
   * bit the lowest of the first.
   */
  public static long[] signs(byte[] values) {
    long[] signs = new long[values.length / Long.SIZE];
    for (int i = 0; i < values.length; i += BYTES.length()) {
      long negative = ByteVector.fromArray(BYTES, values, i).compare(LT, (byte) 0).toLong();
      signs[i / Long.SIZE] |= negative << i;
    }
    return signs;
  }

  /**
   * A product of two such bytes fits a short; two neighbouring shorts are then added as the halves
   * of an int.
   */
  private static IntVector plus(IntVector sum, ByteVector a, ByteVector b) {
    var wideA = (ShortVector) a.castShape(SHORTS, 0);
    var wideB = (ShortVector) b.castShape(SHORTS, 0);
    var pairs = wideA.mul(wideB).reinterpretAsInts();
    return sum.add(pairs.lanewise(LSHL, Short.SIZE).lanewise(ASHR, Short.SIZE))
        .add(pairs.lanewise(ASHR, Short.SIZE));
  }
}
