package dev.kindred.command;

import dev.kindred.transfer.ImportReport;
import dev.kindred.transfer.Importer.Result;
import java.io.PrintWriter;
import java.nio.file.Path;

/** How the result of an import is told to people. */
final class ImportText {

  private static final int PROBLEMS_SHOWN = 10;

  private ImportText() {}

  static void print(
      Path file,
      Path rejected,
      Result result,
      boolean dryRun,
      ImportProgress progress,
      PrintWriter out) {
    ImportReport report = result.report();
    out.printf(
        "%s: %s as %s%n",
        file, result.description().kind().word(), result.description().format().word());
    if (dryRun) result.description().mapping().forEach(line -> out.println("  " + line));
    out.printf("  %,d records read in %s%n", report.total(), progress.took(report));
    if (dryRun) {
      out.printf(
          "  %,d would be kept, %,d refused; nothing was kept%n", report.stored(), report.failed());
    } else {
      out.printf(
          "  %,d kept%s%s%n",
          report.stored(),
          also(report.duplicates(), " there already by their event_id"),
          also(report.repeated(), " kept by an earlier run"));
      if (report.failed() > 0) out.printf("  %,d refused, see %s%n", report.failed(), rejected);
    }
    report.warnings().forEach(warning -> out.println("  note: " + warning));
    report.problems().stream()
        .limit(PROBLEMS_SHOWN)
        .forEach(problem -> out.println("  line " + problem.line() + ": " + problem.reason()));
    long more = report.failed() - Math.min(PROBLEMS_SHOWN, report.problems().size());
    if (more > 0) out.printf("  and %,d more%n", more);
  }

  private static String also(long count, String what) {
    return count == 0 ? "" : ", %,d".formatted(count) + what;
  }
}
