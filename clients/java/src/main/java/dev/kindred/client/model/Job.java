package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work that goes on after the answer: status is queued, running, completed, partially_completed,
 * failed or cancelled.
 */
public record Job(
    String jobId,
    String kind,
    String tenantId,
    String status,
    long totalRecords,
    long processed,
    long successful,
    long failed,
    List<RowError> errors,
    Instant createdAt,
    Optional<Double> progress,
    boolean cancelRequested,
    int attempts,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<Long> position) {
  /** What is left out is empty. */
  public Job {
    errors = errors == null ? List.of() : errors;
  }

  /** Whether it has ended, well or not. */
  public boolean isFinished() {
    return !status.equals("queued") && !status.equals("running");
  }
}
