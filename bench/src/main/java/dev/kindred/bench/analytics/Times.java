package dev.kindred.bench.analytics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * How long each of many took, on the clock and, since others may use the machine, in this thread's
 * own time on a core; those beyond the room for them are left out.
 */
final class Times {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long[] wall;
  private final long[] core;
  private int size;

  Times(int most) {
    wall = new long[most];
    core = new long[most];
  }

  void time(Runnable what) {
    long startCore = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    what.run();
    long end = System.nanoTime();
    if (size == wall.length) return;
    wall[size] = end - start;
    core[size++] = THREADS.getCurrentThreadCpuTime() - startCore;
  }

  void print(String what) {
    System.out.printf("  %-30s %s of %,d%n", what, this, size);
  }

  /** Prints these beside others. */
  void print(String what, Times others, String floor) {
    System.out.printf(
        "  %-30s %s of %,d%n  %-30s %s, ratio %.2f%n",
        what,
        this,
        size,
        "  " + floor,
        others,
        millis(wall, 0.5) / others.millis(others.wall, 0.5));
  }

  @Override
  public String toString() {
    return "p50 %8.3f  p99 %8.3f ms, on a core p50 %8.3f  p99 %8.3f ms"
        .formatted(millis(wall, 0.5), millis(wall, 0.99), millis(core, 0.5), millis(core, 0.99));
  }

  private double millis(long[] nanos, double share) {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return size == 0 ? 0 : sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e6;
  }
}
