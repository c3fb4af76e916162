package dev.kindred;

import dev.kindred.collect.BulkIntake;
import dev.kindred.collect.BulkIntake.Plan;
import dev.kindred.collect.BulkKind;
import dev.kindred.collect.BulkReport;
import dev.kindred.collect.BulkRows;
import dev.kindred.jobs.JobRun;
import dev.kindred.jobs.JobWork;
import dev.kindred.store.Jobs.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Imports whose callers did not wait. */
final class BulkJobs {

  private BulkJobs() {}

  /**
   * The work by the kind of job.
   *
   * @param recordsMax how many rows one that came as JSON may have
   */
  static Map<String, JobWork> all(BulkIntake intake, IntSupplier recordsMax) {
    var work = new HashMap<String, JobWork>();
    for (BulkKind kind : BulkKind.values()) {
      work.put(
          kind.jobKind(false),
          run -> keep(intake, kind, array(run, kind), recordsMax.getAsInt(), run));
      work.put(kind.jobKind(true), run -> keep(intake, kind, lines(run), Long.MAX_VALUE, run));
    }
    return work;
  }

  private static BulkRows array(JobRun run, BulkKind kind) {
    return BulkRows.inArray(run.payload(), kind.field(), run.job().id());
  }

  private static BulkRows lines(JobRun run) {
    return BulkRows.inLines(new ByteArrayInputStream(run.payload()));
  }

  private static void keep(
      BulkIntake intake, BulkKind kind, BulkRows rows, long rowsMax, JobRun run)
      throws IOException {
    var plan =
        Plan.ofJob(
            run.job().tenant(), rowsMax, run.job().id(), report -> run.report(progress(report)));
    run.report(progress(intake.keep(kind, rows, plan)));
  }

  private static Progress progress(BulkReport report) {
    return new Progress(
        report.total(), report.total(), report.successful(), report.failed(), report.problems());
  }
}
