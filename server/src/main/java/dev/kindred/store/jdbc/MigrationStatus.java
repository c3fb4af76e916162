package dev.kindred.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one migration stands in a database.
 *
 * @param at when it was last tried
 * @param took how long that took
 */
public record MigrationStatus(
    int version, String description, State state, Optional<Instant> at, Duration took) {

  /** What became of it. */
  public enum State {
    PENDING,
    APPLIED,
    /** It was tried and left nothing behind; the next {@code up} tries again. */
    FAILED,
    /** It was applied, and its file is another one now. */
    CHANGED,
    /** It was applied by a newer program; this one does not know it. */
    UNKNOWN
  }
}
