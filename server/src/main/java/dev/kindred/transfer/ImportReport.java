package dev.kindred.transfer;

import java.util.List;

/**
 * What became of a file, or of the part that is done.
 *
 * @param stored records that are kept now, new or changed
 * @param repeated records that an earlier run of the same import had kept
 * @param duplicates interactions that were there under the same {@code event_id}
 * @param problems the first records that were refused
 * @param position the newest position in the log, or 0
 * @param bytes how much of the file they take, unpacked
 */
public record ImportReport(
    long total,
    long stored,
    long repeated,
    long duplicates,
    long failed,
    List<Problem> problems,
    List<String> warnings,
    long position,
    long bytes) {

  public static final int PROBLEMS_MAX = 1_000;
  public static final int WARNINGS_MAX = 20;

  /** A record that was refused, and why. */
  public record Problem(long line, String reason) {}

  public ImportReport {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** How many records are there now, whoever brought them. */
  public long successful() {
    return total - failed;
  }
}
