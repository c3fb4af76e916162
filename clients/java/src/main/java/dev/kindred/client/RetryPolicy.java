package dev.kindred.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How often to try again, and how long to wait: a random part of a time that doubles with each try,
 * so that many clients do not come back at once.
 *
 * @param retries tries after the first one; 0 switches it off
 * @param longestRetryAfter when the server asks for a longer wait than this, the caller is told
 *     instead
 * @param chance gives numbers in [0, 1)
 */
public record RetryPolicy(
    int retries,
    Duration firstWait,
    Duration longestWait,
    Duration longestRetryAfter,
    DoubleSupplier chance) {

  /** Three more tries, within a few seconds. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        3,
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Only one try. */
  public static RetryPolicy never() {
    return standard().withRetries(0);
  }

  /** The same with another number of tries. */
  public RetryPolicy withRetries(int retries) {
    return new RetryPolicy(retries, firstWait, longestWait, longestRetryAfter, chance);
  }

  /** The same with other waits. */
  public RetryPolicy withWaits(Duration firstWait, Duration longestWait) {
    return new RetryPolicy(retries, firstWait, longestWait, longestRetryAfter, chance);
  }

  /** How long to wait after so many tries (1 or more); empty if that was the last one. */
  Optional<Duration> waitAfter(int tried, Optional<Duration> retryAfter) {
    Duration least = retryAfter.orElse(Duration.ZERO);
    if (tried > retries || least.compareTo(longestRetryAfter) > 0) return Optional.empty();
    double doubled = (double) firstWait.toMillis() * Math.pow(2, tried - 1);
    double millis = Math.min((double) longestWait.toMillis(), doubled);
    return Optional.of(least.plusMillis((long) (millis * chance.getAsDouble())));
  }
}
