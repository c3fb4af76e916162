package dev.kindred.collect;

import dev.kindred.domain.InvalidRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When things happened: refuses times that cannot be, and gives events that say no time one of
 * their own.
 *
 * <p>No two of the times it gives are equal, because two events that differ in nothing count as
 * one. Safe for any number of threads.
 */
public final class EventClock {

  /** How far a sender's clock may be ahead of ours. */
  public static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  // Ids are made of microseconds in a signed 64-bit number; these years fit, and nothing real is
  // outside.
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private final InstantSource clock;
  private final AtomicLong lastMicros = new AtomicLong();

  public EventClock(InstantSource clock) {
    this.clock = clock;
  }

  /** The time of an event that arrives now: this microsecond, or the first free one after it. */
  public Instant next() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    long micros = lastMicros.updateAndGet(last -> Math.max(last + 1, now));
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Returns the time to the microsecond if an event may have happened then. */
  public Instant require(String pointer, Instant at) {
    Instant latest = clock.instant().plus(AHEAD_MAX);
    if (at.isAfter(latest)) {
      throw InvalidRequest.at(
          pointer, "timestamp must not be more than 5 minutes in the future, got " + at);
    }
    if (at.isBefore(EARLIEST)) {
      throw InvalidRequest.at(pointer, "timestamp must not be before " + EARLIEST + ", got " + at);
    }
    return at.truncatedTo(ChronoUnit.MICROS);
  }
}
