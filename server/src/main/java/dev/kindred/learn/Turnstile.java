package dev.kindred.learn;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps readers and changes apart: any number of threads read at once, and nothing changes
 * meanwhile.
 *
 * <p>Made for many short readings and changes that are shorter still. A change waits for a moment
 * in which nobody reads, and is made by the reader who leaves last: at once and where the processor
 * is anyway, so that nobody waits until a thread is woken. Readers who come while a change waits go
 * in all the same, up to a bound, because a lock that lets writers go first makes every reader wait
 * for the slowest of those before. Reading within a reading is allowed; changing within one, and
 * either within a change, never ends.
 */
final class Turnstile {
  /** So many readers may go in before a change that was there first. */
  static final int OVERTAKING_MAX = 64;

  /** Stands for the number of readers while something is changed. */
  private static final int CHANGING = -1;

  /** Looks before a reader goes to sleep; most changes take a few microseconds. */
  private static final int LOOKS = 100;

  /**
   * Somebody inside may wait for who comes: for a reading of its own, or for a list that it makes
   * for both. So after this time who comes goes in, whatever waits.
   */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final AtomicInteger inside = new AtomicInteger();
  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> sleepers = new ConcurrentLinkedQueue<>();

  <T> T read(Supplier<T> reading) {
    enter();
    try {
      return reading.get();
    } finally {
      if (inside.decrementAndGet() == 0) makeChanges();
    }
  }

  /**
   * Returns when the change was made, maybe by another thread: it must not need a lock that the
   * caller holds. What it throws is thrown here.
   */
  void change(Runnable changing) {
    var change = new Change(changing, Thread.currentThread());
    changes.add(change);
    makeChanges();
    change.await();
  }

  /** How many changes wait. */
  int waitingChanges() {
    return changes.size();
  }

  private void enter() {
    int looks = 0;
    while (!tryToEnter(false)) {
      if (looks++ < LOOKS) {
        Thread.onSpinWait();
      } else if (sleep()) {
        return;
      }
    }
  }

  private boolean tryToEnter(boolean isImpatient) {
    while (true) {
      Change first = changes.peek();
      if (first != null && first.wasOvertakenEnough() && !isImpatient) return false;
      int readers = inside.get();
      if (readers == CHANGING) return false;
      if (!inside.compareAndSet(readers, readers + 1)) continue;
      if (first != null) first.overtaken.incrementAndGet();
      return true;
    }
  }

  /** Waits for the end of the change that is due; says whether the caller is in. */
  private boolean sleep() {
    Thread self = Thread.currentThread();
    sleepers.add(self);
    boolean isIn = tryToEnter(false);
    if (!isIn) {
      long start = System.nanoTime();
      LockSupport.parkNanos(this, PATIENCE_NANOS);
      isIn = tryToEnter(System.nanoTime() - start >= PATIENCE_NANOS);
    }
    // Whoever made a change has taken away all that slept.
    boolean _ = sleepers.remove(self);
    return isIn;
  }

  /** Makes what waits, unless somebody is inside, who will do so when leaving. */
  private void makeChanges() {
    while (!changes.isEmpty() && inside.compareAndSet(0, CHANGING)) {
      for (var next = changes.peek(); next != null; next = changes.peek()) {
        next.make();
        changes.remove();
      }
      inside.set(0);
      for (var sleeper = sleepers.poll(); sleeper != null; sleeper = sleepers.poll()) {
        LockSupport.unpark(sleeper);
      }
    }
  }

  private static final class Change {
    private final Runnable changing;
    private final Thread caller;
    final AtomicInteger overtaken = new AtomicInteger();
    private @Nullable Throwable failure;
    private volatile boolean isMade;

    Change(Runnable changing, Thread caller) {
      this.changing = changing;
      this.caller = caller;
    }

    boolean wasOvertakenEnough() {
      return overtaken.get() >= OVERTAKING_MAX;
    }

    void make() {
      try {
        changing.run();
      } catch (Throwable thrown) {
        failure = thrown;
      }
      isMade = true;
      LockSupport.unpark(caller);
    }

    void await() {
      boolean wasInterrupted = false;
      while (!isMade) {
        LockSupport.park(this);
        wasInterrupted |= Thread.interrupted();
      }
      if (wasInterrupted) Thread.currentThread().interrupt();
      if (failure instanceof RuntimeException unchecked) throw unchecked;
      if (failure instanceof Error error) throw error;
    }
  }
}
