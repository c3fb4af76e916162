package dev.kindred.transfer;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.Importer.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An import as a job, so that it stands in the history and others hear that it is done. */
public final class ImportJob {

  public static final String KIND = "import";

  private static final int NAME_DIGITS = 32;

  private ImportJob() {}

  /** A short name for a run, made of all that makes it another. */
  public static String once(String said) {
    return "import:" + Sha256.hexOf(said).substring(0, NAME_DIGITS);
  }

  public static Job of(
      String id, TenantId tenant, ImportReport report, Instant startedAt, Instant endedAt) {
    return new Job(
        id,
        tenant,
        KIND,
        state(report),
        report.total(),
        report.total(),
        report.successful(),
        report.failed(),
        problems(report),
        1,
        false,
        startedAt,
        Optional.of(startedAt),
        Optional.of(endedAt));
  }

  /** The problems as a job tells them: by line. */
  public static List<Problem> problems(ImportReport report) {
    return report.problems().stream()
        .map(problem -> new Problem(problem.line(), "", "", problem.reason()))
        .toList();
  }

  public static State state(ImportReport report) {
    if (report.failed() == 0) return State.COMPLETED;
    return report.successful() == 0 ? State.FAILED : State.PARTIALLY_COMPLETED;
  }

  /** Writes what became of a file. */
  public static void writeMembers(JsonWriter writer, Result result) {
    ImportReport report = result.report();
    writer.field("status", state(report).word());
    writer.field("kind", result.description().kind().word());
    writer.field("format", result.description().format().word());
    writer.name("mapping").strings(result.description().mapping());
    writer.field("total_records", report.total()).field("processed", report.total());
    writer.field("successful", report.successful()).field("failed", report.failed());
    writer.field("stored", report.stored()).field("duplicates", report.duplicates());
    writer.field("repeated", report.repeated());
    writer.name("errors").beginArray();
    for (ImportReport.Problem problem : report.problems()) {
      writer.beginObject().field("line", problem.line()).field("error", problem.reason());
      writer.endObject();
    }
    writer.endArray();
    if (!report.warnings().isEmpty()) writer.name("warnings").strings(report.warnings());
    writer.field("position", report.position());
  }
}
