package dev.kindred.bench.analytics;

import java.util.Arrays;

/** How long each of many took; those beyond the room for them are left out. */
final class Times {

  private final long[] nanos;
  private int size;

  Times(int most) {
    nanos = new long[most];
  }

  void add(long taken) {
    if (size < nanos.length) nanos[size++] = taken;
  }

  void print(String what) {
    System.out.printf(
        "  %-32s p50 %8.3f ms  p99 %8.3f ms  of %,d%n", what, millis(0.5), millis(0.99), size);
  }

  /** Prints these beside others. */
  void print(String what, Times others, String floor) {
    System.out.printf(
        "  %-32s p50 %8.3f ms  p99 %8.3f ms  of %,d; %s: p50 %.3f ms  p99 %.3f ms, ratio %.2f%n",
        what,
        millis(0.5),
        millis(0.99),
        size,
        floor,
        others.millis(0.5),
        others.millis(0.99),
        millis(0.5) / others.millis(0.5));
  }

  private double millis(double share) {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e6;
  }
}
