package dev.kindred.engine.nearest;

import java.util.Arrays;

/** The latest of many numbers, and what is enough for nearly all of them. Never changes. */
final class Recent {
  /** So many numbers are remembered. */
  static final int REMEMBERED = 1280;

  /** More than any number: enough for all, as long as too few are known. */
  static final float ALL = 1e9f;

  static final Recent NOTHING = new Recent(new float[REMEMBERED], 0);

  private static final int KNOWN_MIN = 160;
  private static final double NEARLY_ALL = 0.995;

  private final float[] numbers;
  private final long seen;
  private final float enough;

  /** Of what {@link #numbers} and {@link #seen} told. */
  Recent(float[] numbers, long seen) {
    this.numbers = numbers;
    this.seen = seen;
    this.enough = seen < KNOWN_MIN ? ALL : enough(numbers, seen);
  }

  private static float enough(float[] numbers, long seen) {
    float[] sorted = Arrays.copyOf(numbers, (int) Math.min(seen, REMEMBERED));
    Arrays.sort(sorted);
    return Math.max(0, sorted[(int) (sorted.length * NEARLY_ALL)]);
  }

  /** Forgets the oldest for these. */
  Recent with(float[] latest) {
    float[] next = numbers.clone();
    for (int n = 0; n < latest.length; n++) next[(int) ((seen + n) % REMEMBERED)] = latest[n];
    return new Recent(next, seen + latest.length);
  }

  boolean isKnown() {
    return seen >= KNOWN_MIN;
  }

  /** No less than nearly all of the numbers remembered. */
  float enough() {
    return enough;
  }

  float[] numbers() {
    return numbers;
  }

  /** How many there have ever been. */
  long seen() {
    return seen;
  }
}
