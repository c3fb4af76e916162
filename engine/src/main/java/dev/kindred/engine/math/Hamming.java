package dev.kindred.engine.math;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Distances between bit codes and a query, counted 64 codes at a time.
 *
 * <p>A bit in which they differ counts one, and three where the query is marked heavy.
 *
 * <p>Codes lie in blocks of {@link #BLOCK}: first word 0 of all 64 codes, then word 1 of all, and
 * so on. Each SIMD lane then follows a code of its own, and nothing has to be added across lanes.
 */
public final class Hamming {
  /** Codes in a block: one for each bit of the mask that {@link #within} returns. */
  public static final int BLOCK = Long.SIZE;

  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  private Hamming() {}

  /** The codes of the block starting at {@code at} whose distance is at most {@code limit}. */
  public static long within(long[] codes, int at, long[] signs, long[] heavy, int limit) {
    long found = 0;
    for (int lane = 0; lane < BLOCK; lane += LONGS.length()) {
      var single = LongVector.zero(LONGS);
      var doubled = LongVector.zero(LONGS);
      for (int word = 0; word < signs.length; word++) {
        var code = LongVector.fromArray(LONGS, codes, at + word * BLOCK + lane);
        var differing = code.lanewise(XOR, signs[word]);
        single = single.add(differing.lanewise(BIT_COUNT));
        doubled = doubled.add(differing.lanewise(AND, heavy[word]).lanewise(BIT_COUNT));
      }
      var distances = single.add(doubled).add(doubled);
      found |= distances.compare(LE, limit).toLong() << lane;
    }
    return found;
  }

  /** Counts in how many bits each code of the block starting at {@code at} differs from a code. */
  public static void distances(long[] codes, int at, long[] code, long[] distances, int to) {
    for (int lane = 0; lane < BLOCK; lane += LONGS.length()) {
      var sum = LongVector.zero(LONGS);
      for (int word = 0; word < code.length; word++) {
        var one = LongVector.fromArray(LONGS, codes, at + word * BLOCK + lane);
        sum = sum.add(one.lanewise(XOR, code[word]).lanewise(BIT_COUNT));
      }
      sum.intoArray(distances, to + lane);
    }
  }

  /** Stores a code as number {@code slot} of the blocks in {@code codes}. */
  public static void store(long[] code, long[] codes, int slot) {
    int at = slot / BLOCK * BLOCK * code.length + slot % BLOCK;
    for (int word = 0; word < code.length; word++) codes[at + word * BLOCK] = code[word];
  }

  /** Reads the code that {@link #store} put there. */
  public static void load(long[] codes, int slot, long[] code) {
    int at = slot / BLOCK * BLOCK * code.length + slot % BLOCK;
    for (int word = 0; word < code.length; word++) code[word] = codes[at + word * BLOCK];
  }
}
