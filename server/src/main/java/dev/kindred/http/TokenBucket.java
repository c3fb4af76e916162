package dev.kindred.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests one caller has left, in one number.
 *
 * <p>The generic cell rate algorithm: a request costs an interval of time, and what is kept is the
 * instant at which all that was spent would be earned again. A bucket of {@code burst} requests is
 * that instant being at most {@code burst} intervals ahead of now.
 */
final class TokenBucket {

  private final AtomicLong paidOffAt;

  /** A full bucket. */
  TokenBucket(long nowNanos) {
    paidOffAt = new AtomicLong(nowNanos);
  }

  /** Takes one token if there is one, and says what is left. */
  Tokens take(Rate rate, long nowNanos) {
    while (true) {
      long paidOff = paidOffAt.get();
      long debt = Math.max(0, paidOff - nowNanos);
      if (debt + rate.intervalNanos() > rate.capacityNanos()) {
        return Tokens.of(rate, debt, false);
      }
      long next = nowNanos + debt + rate.intervalNanos();
      if (paidOffAt.compareAndSet(paidOff, next)) {
        return Tokens.of(rate, debt + rate.intervalNanos(), true);
      }
    }
  }

  /** What is left, without taking any. */
  Tokens look(Rate rate, long nowNanos) {
    return Tokens.of(rate, Math.max(0, paidOffAt.get() - nowNanos), true);
  }

  /** How often somebody may ask. */
  record Rate(int perMinute, int burst) {

    long intervalNanos() {
      return Math.max(1, 60_000_000_000L / perMinute);
    }

    long capacityNanos() {
      return intervalNanos() * burst;
    }
  }

  /**
   * The state of a bucket.
   *
   * @param remaining whole tokens that are left
   * @param secondsToFull until the bucket is full again, rounded up
   * @param secondsToNext until there is a token again, rounded up; 0 where there is one
   */
  record Tokens(Rate rate, boolean taken, int remaining, int secondsToFull, int secondsToNext) {

    static Tokens of(Rate rate, long debtNanos, boolean taken) {
      long left = Math.max(0, rate.capacityNanos() - debtNanos);
      int remaining = (int) (left / rate.intervalNanos());
      long missing = Math.max(0, rate.intervalNanos() - left);
      return new Tokens(rate, taken, remaining, secondsUp(debtNanos), secondsUp(missing));
    }

    private static int secondsUp(long nanos) {
      return (int) Math.ceilDiv(nanos, 1_000_000_000L);
    }
  }
}
