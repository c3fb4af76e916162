package dev.kindred.transfer;

import java.nio.ByteBuffer;

/**
 * Small whole numbers as Parquet packs them: runs of one value, and groups of eight packed ones.
 */
final class HybridRuns {

  private static final int WIDTH_MAX = 32;

  private final ByteBuffer in;
  private final int width;
  private int left;
  private boolean isRun;
  private int value;

  // Of packed ones: bits that were read and not yet handed out.
  private long bits;
  private int bitCount;

  HybridRuns(ByteBuffer in, int width) {
    this.in = in;
    this.width = width;
    if (width < 0 || width > WIDTH_MAX)
      throw new IllegalArgumentException("no such width: " + width);
  }

  /** Packed bits without anything that says how many. */
  static HybridRuns packed(ByteBuffer in) {
    var runs = new HybridRuns(in, 1);
    runs.left = Integer.MAX_VALUE;
    return runs;
  }

  int next() {
    if (width == 0) return 0;
    while (left == 0) begin();
    left--;
    return isRun ? value : packed();
  }

  private void begin() {
    int header = varint();
    isRun = (header & 1) == 0;
    left = isRun ? header >>> 1 : Math.multiplyExact(header >>> 1, 8);
    bits = 0;
    bitCount = 0;
    if (!isRun) return;
    value = 0;
    for (int shift = 0; shift < width; shift += 8) value |= (in.get() & 0xff) << shift;
  }

  private int packed() {
    while (bitCount < width) {
      bits |= (in.get() & 0xffL) << bitCount;
      bitCount += 8;
    }
    int next = (int) (bits & ((1L << width) - 1));
    bits >>>= width;
    bitCount -= width;
    return next;
  }

  private int varint() {
    int number = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte b = in.get();
      number |= (b & 0x7f) << shift;
      if (b >= 0) return number;
    }
    throw new IllegalArgumentException("a number has no end");
  }
}
