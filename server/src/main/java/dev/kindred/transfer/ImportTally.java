package dev.kindred.transfer;

import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.ImportReport.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts what becomes of records. What a batch came to is remembered as JSON. */
final class ImportTally {

  private final int problemsMax;
  private long total;
  private long stored;
  private long repeated;
  private long duplicates;
  private long position;
  private long bytes;
  private final List<Problem> problems = new ArrayList<>();
  private long failed;
  private final Set<String> warnings = new LinkedHashSet<>();

  /**
   * Begins to count.
   *
   * @param problemsMax so many problems are told; all are counted
   */
  ImportTally(int problemsMax) {
    this.problemsMax = problemsMax;
  }

  void kept(boolean duplicate, long at) {
    total++;
    if (duplicate) duplicates++;
    else stored++;
    position = Math.max(position, at);
  }

  void refused(long line, String reason) {
    total++;
    failed++;
    if (problems.size() < problemsMax) problems.add(new Problem(line, reason));
  }

  void read(long more) {
    bytes += more;
  }

  void warn(String warning) {
    if (warnings.size() < ImportReport.WARNINGS_MAX) warnings.add(warning);
  }

  void add(ImportTally more) {
    total += more.total;
    stored += more.stored;
    repeated += more.repeated;
    duplicates += more.duplicates;
    failed += more.failed;
    bytes += more.bytes;
    position = Math.max(position, more.position);
    int room = problemsMax - problems.size();
    problems.addAll(more.problems.subList(0, Math.min(room, more.problems.size())));
    more.warnings.forEach(this::warn);
  }

  List<Problem> problems() {
    return problems;
  }

  /** Whether it says more than numbers. */
  boolean hasRemarks() {
    return !problems.isEmpty() || !warnings.isEmpty();
  }

  ImportReport report() {
    return new ImportReport(
        total,
        stored,
        repeated,
        duplicates,
        failed,
        problems,
        List.copyOf(warnings),
        position,
        bytes);
  }

  byte[] toJson() {
    var writer = new JsonWriter(256).beginObject();
    writer.field("total", total).field("duplicates", duplicates).field("failed", failed);
    writer.field("position", position);
    writer.name("warnings").strings(warnings);
    writer.name("problems").beginArray();
    for (Problem problem : problems) {
      writer.beginObject().field("line", problem.line()).field("reason", problem.reason());
      writer.endObject();
    }
    return writer.endArray().endObject().toByteArray();
  }

  /** What an earlier run came to: its records are there already. */
  static ImportTally repeated(byte[] json) {
    var tally = new ImportTally(Integer.MAX_VALUE);
    var reader = JsonReader.of(json);
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "total" -> tally.total = count(reader);
        case "duplicates" -> tally.duplicates = count(reader);
        case "failed" -> tally.failed = count(reader);
        case "position" -> tally.position = count(reader);
        case "warnings" -> tally.warnings.addAll(reader.strings(ImportReport.WARNINGS_MAX));
        case "problems" -> {
          for (var rows = reader.array(); rows.next(); ) tally.problems.add(problem(reader));
        }
        default -> fields.unknown();
      }
    }
    tally.repeated = tally.total - tally.failed - tally.duplicates;
    return tally;
  }

  private static Problem problem(JsonReader reader) {
    long line = 0;
    String reason = "";
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "line" -> line = count(reader);
        case "reason" -> reason = reader.string();
        default -> fields.unknown();
      }
    }
    return new Problem(line, reason);
  }

  private static long count(JsonReader reader) {
    return reader.integer(0, Long.MAX_VALUE);
  }
}
