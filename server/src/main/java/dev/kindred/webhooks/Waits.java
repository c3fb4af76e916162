package dev.kindred.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long to wait after a try in vain: ten tries, spread over a day. */
final class Waits {

  private static final List<Duration> AFTER =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(7),
          Duration.ofHours(12));

  /** So often is a message tried. */
  static final int TRIES_MAX = AFTER.size() + 1;

  private Waits() {}

  /** The wait after that many tries in vain, up to a tenth shorter or longer. */
  static Duration after(int tries, RandomGenerator random) {
    Duration wait = AFTER.get(Math.min(tries, AFTER.size()) - 1);
    double jitter = 0.9 + 0.2 * random.nextDouble();
    return Duration.ofMillis(Math.round(wait.toMillis() * jitter));
  }
}
