package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** What became of the records of a file: status is completed, partially_completed or failed. */
public record ImportReport(
    boolean dryRun,
    String status,
    String kind,
    String format,
    List<String> mapping,
    long totalRecords,
    long processed,
    long successful,
    long failed,
    long stored,
    List<RejectedRecord> errors,
    Optional<String> jobId,
    long duplicates,
    long repeated,
    List<String> warnings,
    Optional<Long> position) {

  /** What is left out is empty. */
  public ImportReport {
    mapping = mapping == null ? List.of() : mapping;
    errors = errors == null ? List.of() : errors;
    warnings = warnings == null ? List.of() : warnings;
  }

  /** A record that was refused, and where it stands. */
  public record RejectedRecord(long line, String error) {}
}
