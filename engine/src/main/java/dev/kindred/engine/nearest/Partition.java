package dev.kindred.engine.nearest;

import dev.kindred.engine.TopK;
import dev.kindred.engine.math.Hamming;
import dev.kindred.engine.math.Int8;
import java.util.Arrays;

/**
 * Where the cells lie, and how far from its middle a cell is still worth a look. Never changes.
 *
 * <p>Let a query have the cosine s with a cell's centre, and the cell's items the cosine t on
 * average. An item then has the cosine s·t + √(1−s²)·√(1−t²)·u with the query, where u says whether
 * both lie off the centre in the same way. Were the data spread evenly, u would be almost zero. How
 * large it really gets among near neighbours is measured, see {@link Reach}; with it, this sum is
 * what a cell promises.
 */
final class Partition {
  /** To look at codes first is no gain with fewer cells. */
  private static final int FEW = 64;

  /** Directions of all centres, one after the other, so that comparing with all is one pass. */
  private final byte[] centres;

  private final float[] factors;
  private final float[] cohesions;

  /** The signs of the centres' coordinates, which tell at a glance what is not close. */
  private final long[] codes;

  private final int length;
  private final Reach reach;

  private Partition(
      byte[] centres, float[] factors, float[] cohesions, long[] codes, int length, Reach reach) {
    this.centres = centres;
    this.factors = factors;
    this.cohesions = cohesions;
    this.codes = codes;
    this.length = length;
    this.reach = reach;
  }

  static Partition empty(int length) {
    return new Partition(
        new byte[0], new float[0], new float[0], new long[0], length, Reach.UNKNOWN);
  }

  /** Of what {@link #centres}, {@link #factors} and {@link #cohesions} told. */
  static Partition of(byte[] centres, float[] factors, float[] cohesions, int length, Reach reach) {
    int words = length / Long.SIZE;
    long[] codes = new long[room(factors.length) * words];
    for (int cell = 0; cell < factors.length; cell++) {
      byte[] centre = Arrays.copyOfRange(centres, cell * length, (cell + 1) * length);
      Hamming.store(Int8.signs(centre), codes, cell);
    }
    return new Partition(centres, factors, cohesions, codes, length, reach);
  }

  /** Codes are kept in whole blocks. */
  private static int room(int cells) {
    return Math.ceilDiv(cells, Hamming.BLOCK) * Hamming.BLOCK;
  }

  int size() {
    return factors.length;
  }

  Reach reach() {
    return reach;
  }

  Partition withReach(Reach newReach) {
    return new Partition(centres, factors, cohesions, codes, length, newReach);
  }

  /** Puts a centre at the place of cell {@code cell}, or behind the last. */
  Partition with(int cell, Centre centre) {
    int cells = Math.max(size(), cell + 1);
    var next =
        new Partition(
            Arrays.copyOf(centres, cells * length),
            Arrays.copyOf(factors, cells),
            Arrays.copyOf(cohesions, cells),
            Arrays.copyOf(codes, room(cells) * words()),
            length,
            reach);
    System.arraycopy(centre.direction().values(), 0, next.centres, cell * length, length);
    next.factors[cell] = centre.direction().factor();
    next.cohesions[cell] = centre.cohesion();
    Hamming.store(centre.direction().code(), next.codes, cell);
    return next;
  }

  /** Takes cell {@code cell} out; the last one moves to its place. */
  Partition without(int cell) {
    int last = size() - 1;
    var next =
        new Partition(
            Arrays.copyOf(centres, last * length),
            Arrays.copyOf(factors, last),
            Arrays.copyOf(cohesions, last),
            Arrays.copyOf(codes, room(last) * words()),
            length,
            reach);
    if (cell < last) {
      System.arraycopy(centres, last * length, next.centres, cell * length, length);
      next.factors[cell] = factors[last];
      next.cohesions[cell] = cohesions[last];
      long[] code = new long[words()];
      Hamming.load(codes, last, code);
      Hamming.store(code, next.codes, cell);
    }
    return next;
  }

  /**
   * The cell whose centre is the closest; the given one if no other is closer. Where there are many
   * cells, only those are compared whose codes look about as close as the closest code: where that
   * misses the closest one, the other is nearly as close.
   */
  int closest(Quantised direction, long[] code, int unlessCloser) {
    long[] distances = new long[room(size())];
    long limit = size() <= FEW ? Long.MAX_VALUE : nearest(code, distances) + slack();
    int closest = unlessCloser;
    float best = cosine(unlessCloser, direction);
    for (int cell = 0; cell < size(); cell++) {
      if (distances[cell] > limit) continue;
      float cosine = cosine(cell, direction);
      if (cosine > best) {
        best = cosine;
        closest = cell;
      }
    }
    return closest;
  }

  /** Counts in how many bits each centre's code differs from the given one; returns the least. */
  private long nearest(long[] code, long[] distances) {
    for (int at = 0; at < distances.length; at += Hamming.BLOCK) {
      Hamming.distances(codes, at * words(), code, distances, at);
    }
    long nearest = Long.MAX_VALUE;
    for (int cell = 0; cell < size(); cell++) nearest = Math.min(nearest, distances[cell]);
    return nearest;
  }

  /** About three times the standard deviation of the distance of two codes. */
  private int slack() {
    return (int) Math.ceil(1.5 * Math.sqrt(length));
  }

  /** All cells with what they promise, packed as in {@link TopK}, the most promising last. */
  long[] byPromise(Quantised query) {
    long[] order = new long[size()];
    for (int cell = 0; cell < order.length; cell++) {
      order[cell] = TopK.pack(promise(cell, query), cell);
    }
    Arrays.sort(order);
    return order;
  }

  /** The cosine with the query that the best items of a cell may have. */
  float promise(int cell, Quantised query) {
    float cosine = cosine(cell, query);
    return cosine * cohesions[cell] + reach.sideways().enough() * sideways(cell, cosine);
  }

  /** The reach sideways with which a cell promises just the given score. */
  float sidewaysFor(int cell, Quantised query, float score) {
    float cosine = cosine(cell, query);
    float missing = score - cosine * cohesions[cell];
    float sideways = sideways(cell, cosine);
    if (sideways == 0) return missing <= 0 ? 0 : Recent.ALL;
    return missing / sideways;
  }

  byte[] centres() {
    return centres;
  }

  float[] factors() {
    return factors;
  }

  float[] cohesions() {
    return cohesions;
  }

  private float cosine(int cell, Quantised direction) {
    int dot = Int8.dot(centres, cell * length, direction.values(), 0, length);
    return Quantised.cosine(dot, factors[cell], direction.factor());
  }

  private int words() {
    return length / Long.SIZE;
  }

  private float sideways(int cell, float cosine) {
    float cohesion = cohesions[cell];
    return (float) Math.sqrt(Math.max(0, (1 - cosine * cosine) * (1 - cohesion * cohesion)));
  }
}
