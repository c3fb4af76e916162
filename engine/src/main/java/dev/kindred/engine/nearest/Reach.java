package dev.kindred.engine.nearest;

import java.util.Arrays;

/**
 * How far a search must reach to miss few neighbours, learned from the data itself. Never changes.
 *
 * <p>Each time a cell is divided, one of its items is searched for everywhere. Every neighbour
 * found tells which reach its cell would have needed. The reach in use is what would have sufficed
 * for all but a few of the latest such neighbours. On data without any clusters that is nearly
 * everything: the search is then as slow as a scan, but no worse in what it finds.
 */
final class Reach {
  /** A reach that leaves no cell out. */
  static final float EVERYWHERE = 1e9f;

  /** Neighbours looked at for each item. */
  static final int NEIGHBOURS = 10;

  /** So many needed reaches are remembered. */
  static final int LATEST = 128 * NEIGHBOURS;

  static final Reach UNKNOWN = new Reach(new float[LATEST], 0);

  private static final int ENOUGH = 16 * NEIGHBOURS;
  private static final double SHARE_FOUND = 0.995;

  private final float[] needed;
  private final long learned;
  private final float value;

  /** Of what {@link #needed} and {@link #learned} told. */
  Reach(float[] needed, long learned) {
    this.needed = needed;
    this.learned = learned;
    this.value = learned < ENOUGH ? EVERYWHERE : sufficient(needed, learned);
  }

  private static float sufficient(float[] needed, long learned) {
    float[] sorted = Arrays.copyOf(needed, (int) Math.min(learned, LATEST));
    Arrays.sort(sorted);
    return Math.max(0, sorted[(int) (sorted.length * SHARE_FOUND)]);
  }

  /** Forgets the oldest for these. */
  Reach with(float[] latest) {
    float[] next = needed.clone();
    for (int n = 0; n < latest.length; n++) next[(int) ((learned + n) % LATEST)] = latest[n];
    return new Reach(next, learned + latest.length);
  }

  /** What suffices for nearly all; everywhere as long as too little is known. */
  float value() {
    return value;
  }

  float[] needed() {
    return needed;
  }

  /** How many have ever been learned. */
  long learned() {
    return learned;
  }
}
