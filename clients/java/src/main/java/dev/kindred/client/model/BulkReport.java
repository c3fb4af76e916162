package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** What became of many rows: status is completed, partially_completed or failed. */
public record BulkReport(
    String jobId,
    String status,
    long totalRecords,
    long processed,
    long successful,
    long failed,
    List<RowError> errors,
    long duplicates,
    List<String> warnings,
    Optional<Long> position) {
  /** What is left out is empty. */
  public BulkReport {
    errors = errors == null ? List.of() : errors;
    warnings = warnings == null ? List.of() : warnings;
  }
}
