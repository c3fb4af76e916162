package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityDraft.Availability;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Time as it is stored: whole microseconds since 1970. */
final class Micros {

  private static final long IN_A_SECOND = 1_000_000;

  private Micros() {}

  static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), IN_A_SECOND), instant.getNano() / 1_000);
  }

  static @Nullable Long orNull(Optional<Instant> instant) {
    return instant.isPresent() ? of(instant.get()) : null;
  }

  static Availability truncated(Availability availability) {
    return new Availability(
        availability.from().map(from -> from.truncatedTo(ChronoUnit.MICROS)),
        availability.until().map(until -> until.truncatedTo(ChronoUnit.MICROS)));
  }

  static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
