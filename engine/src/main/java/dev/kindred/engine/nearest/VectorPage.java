package dev.kindred.engine.nearest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.kindred.engine.math.Int8;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The quantised vectors of 64 neighbouring items.
 *
 * <p>A page never changes for who holds it. A vector that joins is written into a row that no page
 * before has shown, so the arrays can be shared; a row that was shown once is never written again,
 * the page is copied instead.
 */
final class VectorPage {
  static final int ROWS = Long.SIZE;

  /** The vectors, row by row, on the heap, or null when {@link #mapped} has them. */
  private final byte @Nullable [] values;

  private final MemorySegment mapped;
  private final float[] factors;
  private final int length;

  /** The rows that hold an item. */
  private final long present;

  /** The rows that hold one or did in a page before this one. */
  private final long written;

  private VectorPage(
      byte @Nullable [] values,
      MemorySegment mapped,
      float[] factors,
      int length,
      long present,
      long written) {
    this.values = values;
    this.mapped = mapped;
    this.factors = factors;
    this.length = length;
    this.present = present;
    this.written = written;
  }

  /** A page without items; it takes no room for vectors until one joins. */
  static VectorPage vacant(int length) {
    return new VectorPage(null, MemorySegment.NULL, new float[ROWS], length, 0, -1L);
  }

  /** A page whose vectors stay where they are, outside the heap. */
  static VectorPage mapped(MemorySegment values, float[] factors, int length, long present) {
    return new VectorPage(null, values, factors, length, present, -1L);
  }

  VectorPage with(int row, Quantised vector) {
    long bit = 1L << row;
    byte[] target = values;
    float[] scales = factors;
    long rows = written;
    if (target == null) {
      target = new byte[ROWS * length];
      if (present != 0)
        MemorySegment.copy(mapped, 0, MemorySegment.ofArray(target), 0, target.length);
      scales = factors.clone();
      rows = present;
    } else if ((rows & bit) != 0) {
      target = target.clone();
      scales = scales.clone();
      rows = present;
    }
    System.arraycopy(vector.values(), 0, target, row * length, length);
    scales[row] = vector.factor();
    return new VectorPage(target, MemorySegment.NULL, scales, length, present | bit, rows | bit);
  }

  VectorPage without(int row) {
    return new VectorPage(values, mapped, factors, length, present & ~(1L << row), written);
  }

  boolean has(int row) {
    return (present & 1L << row) != 0;
  }

  long present() {
    return present;
  }

  float cosine(int row, Quantised other) {
    int dot =
        values != null
            ? Int8.dot(values, row * length, other.values(), 0, length)
            : Int8.dot(mapped, (long) row * length, other.values(), 0, length);
    return Quantised.cosine(dot, factors[row], other.factor());
  }

  Quantised get(int row) {
    return get(row, new byte[length]);
  }

  /** The same in an array of the caller's, for who looks at many and keeps none. */
  Quantised get(int row, byte[] target) {
    if (values != null) System.arraycopy(values, row * length, target, 0, length);
    else MemorySegment.copy(mapped, JAVA_BYTE, (long) row * length, target, 0, length);
    return new Quantised(target, factors[row]);
  }

  /** The factors, zero for rows that hold no item. */
  float[] presentFactors() {
    float[] copy = factors.clone();
    for (int row = 0; row < ROWS; row++) if (!has(row)) copy[row] = 0;
    return copy;
  }

  /** Copies the vectors; rows that hold no item become zero. */
  void copyTo(MemorySegment target) {
    target.copyFrom(values());
    for (int row = 0; row < ROWS; row++) {
      if (!has(row)) target.asSlice((long) row * length, length).fill((byte) 0);
    }
  }

  private MemorySegment values() {
    return values != null ? MemorySegment.ofArray(values) : mapped;
  }
}
