package dev.kindred;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the heap looked through, beside the requests, when it has become much larger than what lives
 * in it.
 *
 * <p>G1 gives memory back to the system after it has looked through the heap, and does so by itself
 * when the heap is nearly full. A heap that a burst or a rebuild has made large would stay so for
 * as long as requests come. Does nothing where the JVM would stop everything for it, which is where
 * it was started without {@code scripts/java.options}.
 */
final class HeapCare implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(15);

  /** A heap of which less than this lives is too large. */
  private static final double FILLED_MIN = 0.7;

  /** What is new and mostly dies at once, as {@code scripts/java.options} bounds it. */
  static final long NEW_BYTES_MAX = 128L << 20;

  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("heap-care").daemon().unstarted(work));

  private HeapCare() {}

  /** Looks now and then until it is closed. */
  static HeapCare begin() {
    var care = new HeapCare();
    Optional<MemoryPoolMXBean> old = oldGeneration();
    if (old.isEmpty() || !isDoneBeside()) return care;
    var _ =
        care.ticks.scheduleWithFixedDelay(
            () -> look(old.get()), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return care;
  }

  private static void look(MemoryPoolMXBean old) {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    if (isTooLarge(heap, old.getUsage().getUsed())) System.gc();
  }

  /**
   * Whether much of a heap is empty.
   *
   * @param heapBytes what it takes from the system
   * @param oldBytes what of it has lived for a while, or did
   */
  static boolean isTooLarge(long heapBytes, long oldBytes) {
    return FILLED_MIN * heapBytes > oldBytes + NEW_BYTES_MAX;
  }

  private static Optional<MemoryPoolMXBean> oldGeneration() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("G1 Old Gen"))
        .findFirst();
  }

  private static boolean isDoneBeside() {
    var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Boolean.parseBoolean(machine.getVMOption("ExplicitGCInvokesConcurrent").getValue());
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
