package dev.kindred.measure.behaviour;

import java.time.Duration;

/**
 * How many behaviours a clean-up takes out at once, by how long the last took: fewer where the
 * database is slow, more where it is fast. And how long it leaves the database to others then.
 */
final class CleanupPace {

  static final int LEAST = 16;
  static final int FIRST = 64;
  static final int MOST = 512;

  /** What takes longer is too much at once; what takes less than half of it is too little. */
  static final long NANOS_WANTED = 3_000_000;

  /** Beyond that, waiting longer helps nobody. */
  static final Duration PAUSE_MOST = Duration.ofMillis(100);

  private int atOnce = FIRST;

  int atOnce() {
    return atOnce;
  }

  /**
   * Learns from what was done, and says how long to wait before the next: as long as that took, so
   * that others have half of the time; not at all where there was nothing to take out.
   */
  Duration after(int folded, long nanos) {
    boolean wasFull = folded == atOnce;
    if (nanos > NANOS_WANTED) atOnce = Math.max(LEAST, atOnce / 2);
    else if (wasFull && nanos < NANOS_WANTED / 2) atOnce = Math.min(MOST, atOnce * 2);
    if (folded == 0) return Duration.ZERO;
    Duration asLong = Duration.ofNanos(Math.max(0, nanos));
    return asLong.compareTo(PAUSE_MOST) < 0 ? asLong : PAUSE_MOST;
  }
}
