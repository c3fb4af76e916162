package dev.kindred;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

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

  /** While models are made, which leave much behind that is needed for a moment only. */
  private static final Duration MAKING_EVERY = Duration.ofSeconds(1);

  /** So much more than what a look left may be worth another. */
  private static final long GROWN_BYTES = 64L << 20;

  /** A heap of which less than this lives is too large. */
  private static final double FILLED_MIN = 0.7;

  /** What is new and mostly dies at once, as {@code scripts/java.options} bounds it. */
  static final long NEW_BYTES_MAX = 64L << 20;

  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("heap-care").daemon().unstarted(work));

  private HeapCare() {}

  /**
   * Looks now and then until it is closed.
   *
   * @param isMaking whether models are being made just now
   */
  static HeapCare begin(BooleanSupplier isMaking) {
    var care = new HeapCare();
    Optional<MemoryPoolMXBean> old = oldGeneration();
    if (old.isEmpty() || !isDoneBeside()) return care;
    care.every(EVERY, () -> look(old.get()));
    var growth = new Growth(isMaking, () -> old.get().getUsage().getUsed(), System::gc);
    care.every(MAKING_EVERY, growth::look);
    return care;
  }

  private void every(Duration duration, Runnable work) {
    long millis = duration.toMillis();
    var _ = ticks.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Has the heap looked through as it grows while models are made, and once when they are. Left to
   * itself G1 makes the heap larger first. For one thread.
   */
  static final class Growth {
    private final BooleanSupplier isMaking;
    private final LongSupplier oldBytes;
    private final Runnable lookThrough;
    private boolean wasMaking;
    private long left;

    /**
     * @param oldBytes what has lived for a while, or did
     * @param lookThrough returns when that is done
     */
    Growth(BooleanSupplier isMaking, LongSupplier oldBytes, Runnable lookThrough) {
      this.isMaking = isMaking;
      this.oldBytes = oldBytes;
      this.lookThrough = lookThrough;
    }

    void look() {
      boolean isNow = isMaking.getAsBoolean();
      if (!isNow && !wasMaking) return;
      boolean isNew = !wasMaking;
      wasMaking = isNow;
      if (!isNew && oldBytes.getAsLong() - left < GROWN_BYTES) return;
      lookThrough.run();
      left = oldBytes.getAsLong();
    }
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
