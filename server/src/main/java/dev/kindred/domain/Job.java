package dev.kindred.domain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Work that goes on after the answer: once, on one replica, with a history.
 *
 * @param total how much there is to do, or 0 while that is not known
 * @param errors the first of them; there are {@code failed} in all
 */
public record Job(
    String id,
    TenantId tenant,
    String kind,
    State state,
    long total,
    long processed,
    long successful,
    long failed,
    List<Problem> errors,
    int attempts,
    boolean cancelRequested,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {

  /** Where a job stands. */
  public enum State {
    QUEUED,
    RUNNING,
    COMPLETED,
    PARTIALLY_COMPLETED,
    FAILED,
    CANCELLED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /** What went wrong with one row of it. */
  public record Problem(long index, String entityId, String entityType, String error) {}

  /**
   * A job to be.
   *
   * @param payload what it needs to know, at most as large as a request may be
   */
  public record Draft(String id, String kind, byte[] payload) {}

  public Job {
    errors = List.copyOf(errors);
  }
}
