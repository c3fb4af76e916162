package dev.kindred.collect;

import dev.kindred.domain.Job.Problem;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts what becomes of rows. A batch's tally is remembered as JSON under its idempotency key. */
final class BulkTally {

  private long total;
  private long successful;
  private long failed;
  private long duplicates;
  private long position;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  void kept(boolean duplicate, long at) {
    total++;
    successful++;
    if (duplicate) duplicates++;
    position = Math.max(position, at);
  }

  void refused(Problem problem) {
    total++;
    failed++;
    if (problems.size() < BulkReport.PROBLEMS_MAX) problems.add(problem);
  }

  void warn(String warning) {
    if (warnings.size() < BulkReport.WARNINGS_MAX) warnings.add(warning);
  }

  void add(BulkTally more) {
    total += more.total;
    successful += more.successful;
    failed += more.failed;
    duplicates += more.duplicates;
    position = Math.max(position, more.position);
    int room = BulkReport.PROBLEMS_MAX - problems.size();
    problems.addAll(more.problems.subList(0, Math.min(room, more.problems.size())));
    more.warnings.forEach(this::warn);
  }

  long total() {
    return total;
  }

  /** Whether it says more than numbers. */
  boolean hasRemarks() {
    return !problems.isEmpty() || !warnings.isEmpty();
  }

  BulkReport report() {
    return new BulkReport(
        total, successful, failed, duplicates, problems, List.copyOf(warnings), position);
  }

  byte[] toJson() {
    var writer = new JsonWriter(256).beginObject();
    writer.field("total", total).field("successful", successful).field("failed", failed);
    writer.field("duplicates", duplicates).field("position", position);
    writer.name("warnings").strings(warnings);
    writer.name("problems").beginArray();
    for (Problem problem : problems) {
      writer.beginObject().field("index", problem.index()).field("id", problem.entityId());
      writer.field("type", problem.entityType()).field("error", problem.error()).endObject();
    }
    return writer.endArray().endObject().toByteArray();
  }

  static BulkTally fromJson(byte[] json) {
    var tally = new BulkTally();
    var reader = JsonReader.of(json);
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "total" -> tally.total = count(reader);
        case "successful" -> tally.successful = count(reader);
        case "failed" -> tally.failed = count(reader);
        case "duplicates" -> tally.duplicates = count(reader);
        case "position" -> tally.position = count(reader);
        case "warnings" -> tally.warnings.addAll(reader.strings(BulkReport.WARNINGS_MAX));
        case "problems" -> {
          for (var rows = reader.array(); rows.next(); ) tally.problems.add(problem(reader));
        }
        default -> fields.unknown();
      }
    }
    return tally;
  }

  private static Problem problem(JsonReader reader) {
    long index = 0;
    String id = "";
    String type = "";
    String error = "";
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "index" -> index = count(reader);
        case "id" -> id = reader.string();
        case "type" -> type = reader.string();
        case "error" -> error = reader.string();
        default -> fields.unknown();
      }
    }
    return new Problem(index, id, type, error);
  }

  private static long count(JsonReader reader) {
    return reader.integer(0, Long.MAX_VALUE);
  }
}
