package dev.kindred.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Spares callers a partner that does not answer: after a failure nobody asks for a while, and then
 * one caller tries. Safe for any number of threads.
 */
public final class Breaker {
  private static final long CLOSED = Long.MIN_VALUE;

  private final long pauseNanos;
  private final LongSupplier nanoTime;

  /** From when on somebody may try again; {@link #CLOSED} while all is well. */
  private final AtomicLong pausedUntil = new AtomicLong(CLOSED);

  public Breaker(Duration pause, LongSupplier nanoTime) {
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Whether the caller may ask now. */
  public boolean mayAsk() {
    long until = pausedUntil.get();
    if (until == CLOSED) return true;
    long now = nanoTime.getAsLong();
    return now - until >= 0 && pausedUntil.compareAndSet(until, now + pauseNanos);
  }

  /** Whether it failed, and has not answered since. */
  public boolean isOpen() {
    return pausedUntil.get() != CLOSED;
  }

  /** Says whether it was well until now. */
  public boolean failed() {
    return pausedUntil.getAndSet(nanoTime.getAsLong() + pauseNanos) == CLOSED;
  }

  /** Says whether it was not well until now. */
  public boolean succeeded() {
    return isOpen() && pausedUntil.getAndSet(CLOSED) != CLOSED;
  }
}
