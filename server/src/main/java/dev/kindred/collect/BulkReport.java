package dev.kindred.collect;

import dev.kindred.domain.Job.Problem;
import java.util.List;

/**
 * What became of many rows.
 *
 * @param duplicates rows that were stored before under the same {@code event_id}; they count as
 *     successful
 * @param problems the first of those that failed
 * @param warnings for people; each once
 * @param position the newest position that the rows took, or 0
 */
public record BulkReport(
    long total,
    long successful,
    long failed,
    long duplicates,
    List<Problem> problems,
    List<String> warnings,
    long position) {

  public static final int PROBLEMS_MAX = 1_000;
  public static final int WARNINGS_MAX = 20;

  public BulkReport {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
