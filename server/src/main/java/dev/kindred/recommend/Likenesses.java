package dev.kindred.recommend;

import dev.kindred.learn.ItemLikeness;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What each shelf's items are like, learned anew every hour while somebody asks for it: one at a
 * time, beside the requests, which go on with what was learned before. Safe for any number of
 * threads.
 */
final class Likenesses {
  private static final int ITEMS_KEPT = 50;

  private final Duration every;
  private final Executor threads;
  private final LongSupplier nanoTime;
  private final Map<Shelf, Entry> known = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  private static final class Entry {
    volatile ItemLikeness learned = ItemLikeness.none();
    volatile long dueNanos;
    boolean isLearning;
  }

  Likenesses(Duration every, Executor threads, LongSupplier nanoTime) {
    this.every = every;
    this.threads = threads;
    this.nanoTime = nanoTime;
  }

  /** Another number than before if something was learned. */
  long version() {
    return version.get();
  }

  /** What is known now; asks for more where it is old. */
  ItemLikeness of(LiveTenant tenant, Shelf shelf) {
    Entry entry = entry(shelf);
    boolean isDue = entry.learned.isEmpty() || nanoTime.getAsLong() - entry.dueNanos > 0;
    if (isDue && begin(entry)) {
      threads.execute(() -> learn(tenant, shelf, entry, () -> {}));
    }
    return entry.learned;
  }

  /** Learns anew, and returns when that is done. */
  void learn(LiveTenant tenant, Shelf shelf, Runnable goOn) {
    Entry entry = entry(shelf);
    if (begin(entry)) learn(tenant, shelf, entry, goOn);
  }

  private Entry entry(Shelf shelf) {
    return known.computeIfAbsent(shelf, _ -> new Entry());
  }

  private static boolean begin(Entry entry) {
    synchronized (entry) {
      if (entry.isLearning) return false;
      entry.isLearning = true;
      return true;
    }
  }

  private void learn(LiveTenant tenant, Shelf shelf, Entry entry, Runnable goOn) {
    try {
      entry.learned = ItemLikeness.of(tenant, shelf, ITEMS_KEPT, goOn);
      version.incrementAndGet();
    } finally {
      entry.dueNanos = nanoTime.getAsLong() + every.toNanos();
      synchronized (entry) {
        entry.isLearning = false;
      }
    }
  }
}
