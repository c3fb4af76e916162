package dev.kindred.engine.nearest;

import dev.kindred.engine.math.Hadamard;
import dev.kindred.engine.math.Int8;
import java.util.Arrays;

/**
 * Turns the space by a fixed pseudo-random rotation that the seed picks.
 *
 * <p>Angles stay as they are, but every coordinate becomes a mixture of all. The signs of the
 * mixtures are what the short codes are made of: two vectors differ in a sign with probability
 * angle / π, however sparse or skewed their own coordinates are. It also spreads large coordinates
 * out, so that a byte each is precise enough.
 *
 * <p>Random signs and a Walsh–Hadamard transform take n log n additions instead of the n² of a
 * matrix. For a length that is no power of two the transform goes over the first part and the last
 * part in turn, both as long as a power of two allows; the overlap mixes them. See Ailon and
 * Chazelle, The fast Johnson–Lindenstrauss transform (2009).
 */
final class Rotation {
  /** Shorter codes would be too coarse to tell candidates apart. */
  private static final int LENGTH_MIN = 128;

  private static final int ROUNDS = 4;

  private final int dimensions;
  private final long seed;
  private final int length;
  private final int block;
  private final float[][] signs = new float[ROUNDS][];

  Rotation(int dimensions, long seed) {
    this.dimensions = dimensions;
    this.seed = seed;
    length = Math.max(LENGTH_MIN, Math.ceilDiv(dimensions, Int8.STEP) * Int8.STEP);
    block = Integer.highestOneBit(length);
    // The transform stretches by the root of its length; the signs take that back.
    float scale = (float) (1 / Math.sqrt(block));
    for (int round = 0; round < ROUNDS; round++) {
      signs[round] = new float[block];
      for (int i = 0; i < block; i++) {
        boolean negative = (mix(seed + (long) round * block + i) & 1) == 0;
        signs[round][i] = negative ? -scale : scale;
      }
    }
  }

  int dimensions() {
    return dimensions;
  }

  long seed() {
    return seed;
  }

  /**
   * How many coordinates a vector has here: as many as given, filled up with zeros to a multiple of
   * 64.
   */
  int length() {
    return length;
  }

  /** Longs in a code with a bit for each coordinate. */
  int words() {
    return length / Long.SIZE;
  }

  float[] turned(float[] vector) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "the vector must have " + dimensions + " numbers, got " + vector.length);
    }
    double square = 0;
    for (float x : vector) square += (double) x * x;
    if (!(square < Double.POSITIVE_INFINITY))
      throw new IllegalArgumentException("the vector has a number not finite");
    // Of length one before anything else, so that huge and tiny vectors neither overflow nor
    // vanish.
    float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    float[] turned = new float[length];
    for (int i = 0; i < dimensions; i++) turned[i] = vector[i] * scale;
    for (int round = 0; round < ROUNDS; round++) {
      int from = round % 2 == 0 ? 0 : length - block;
      float[] flips = signs[round];
      for (int i = 0; i < block; i++) turned[from + i] *= flips[i];
      Hadamard.transform(turned, from, block);
    }
    return turned;
  }

  /** Undoes {@link #turned}, but for the length of the vector. */
  float[] turnedBack(float[] turned) {
    float[] back = turned.clone();
    for (int round = ROUNDS - 1; round >= 0; round--) {
      int from = round % 2 == 0 ? 0 : length - block;
      Hadamard.transform(back, from, block);
      float[] flips = signs[round];
      for (int i = 0; i < block; i++) back[from + i] *= flips[i];
    }
    return Arrays.copyOf(back, dimensions);
  }

  /** SplitMix64's finisher: neighbouring numbers come out unrelated. */
  static long mix(long x) {
    x += 0x9E3779B97F4A7C15L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
