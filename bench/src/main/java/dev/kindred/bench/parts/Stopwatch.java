package dev.kindred.bench.parts;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * Times something short by doing it very often. What counts is the time of the thread, so that
 * other work on the machine disturbs less.
 */
final class Stopwatch {

  private static final int ROUNDS = 9;
  private static final long NANOS_A_ROUND = 300_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Stopwatch() {}

  /**
   * Prints how long one call takes: the median of some rounds, after others to warm up.
   *
   * @param part any of the inputs in turn; returns something that depends on its work
   */
  static <T> void measure(String what, T[] inputs, ToLongFunction<T> part) {
    double[] nanos = new double[ROUNDS * 2];
    long sum = 0;
    for (int round = 0; round < nanos.length; round++) {
      long calls = 0;
      long start = THREADS.getCurrentThreadCpuTime();
      long now = start;
      while (now - start < NANOS_A_ROUND) {
        for (T input : inputs) sum += part.applyAsLong(input);
        calls += inputs.length;
        now = THREADS.getCurrentThreadCpuTime();
      }
      nanos[round] = (double) (now - start) / calls;
    }
    double[] warm = Arrays.copyOfRange(nanos, ROUNDS, nanos.length);
    Arrays.sort(warm);
    System.out.printf(
        "%-44s %9.0f ns   (fastest %.0f, slowest %.0f, check %x)%n",
        what, warm[ROUNDS / 2], warm[0], warm[ROUNDS - 1], sum & 0xff);
  }
}
