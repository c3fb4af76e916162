package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.BulkIntake;
import dev.kindred.collect.BulkIntake.Plan;
import dev.kindred.collect.BulkKind;
import dev.kindred.collect.BulkReport;
import dev.kindred.collect.BulkRows;
import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.webhooks.EndedJobs;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Many entities or interactions in one request, at once or as a job. */
final class BulkApi {

  private static final String NDJSON = "application/x-ndjson";

  private final Writes writes;
  private final BulkIntake intake;
  private final Supplier<String> jobIds;
  private final InstantSource clock;
  private final IntSupplier recordsMax;

  /**
   * Handles bulk requests.
   *
   * @param recordsMax how many rows a JSON request may have now; lines of NDJSON are not limited
   */
  BulkApi(
      Writes writes,
      BulkIntake intake,
      Supplier<String> jobIds,
      InstantSource clock,
      IntSupplier recordsMax) {
    this.writes = writes;
    this.intake = intake;
    this.jobIds = jobIds;
    this.clock = clock;
    this.recordsMax = recordsMax;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
                "/api/v1/entities/bulk",
                SERVER,
                "Creates or replaces many entities",
                exchange -> handle(exchange, BulkKind.ENTITIES))
            .with(Route.Trait.STREAMED_BODY),
        Route.post(
                "/api/v1/interactions/bulk",
                SERVER,
                "Records many interactions",
                exchange -> handle(exchange, BulkKind.INTERACTIONS))
            .with(Route.Trait.STREAMED_BODY));
  }

  Answer handle(Exchange exchange, BulkKind kind) throws IOException {
    boolean lines = exchange.mediaType().equals(NDJSON);
    if (prefersAsync(exchange)) return later(exchange, kind, lines);
    Instant start = clock.instant();
    TenantId tenant;
    BulkRows rows;
    if (lines) {
      tenant = exchange.tenant();
      rows = BulkRows.inLines(exchange.bodyStream());
    } else {
      byte[] body = exchange.body();
      tenant = exchange.tenant(BulkRows.tenantIn(body));
      rows = BulkRows.inArray(body, kind.field(), Integer.toHexString(Arrays.hashCode(body)));
    }
    Optional<String> onceKey = exchange.header("Idempotency-Key");
    long rowsMax = lines ? Long.MAX_VALUE : recordsMax.getAsInt();
    BulkReport report = intake.keep(kind, rows, Plan.now(tenant, rowsMax, onceKey));
    Job job = done(kind, tenant, report, start);
    // The report is remembered with the job; its position is that of the rows, which came before.
    Answer answer = report(job, report).at(report.position());
    var told = new Change.OfWebhooks.Tell(EndedJobs.imported(job, clock.instant()));
    return writes.keepAll(exchange, tenant, List.of(new Change.RecordJob(job), told), _ -> answer);
  }

  private static boolean prefersAsync(Exchange exchange) {
    return exchange.header("Prefer").map(prefer -> prefer.contains("respond-async")).orElse(false);
  }

  private Answer later(Exchange exchange, BulkKind kind, boolean lines) {
    byte[] body = exchange.body();
    TenantId tenant = lines ? exchange.tenant() : exchange.tenant(BulkRows.tenantIn(body));
    var job = new Job.Draft(jobIds.get(), kind.jobKind(lines), body);
    return writes.keep(
        exchange,
        tenant,
        new Change.StartJob(job),
        outcome -> {
          var stored = (Outcome.JobStored) outcome;
          byte[] json = JobShape.write(stored.job(), stored.position());
          return Answer.accepted(json, "/api/v1/jobs/" + job.id()).at(stored.position());
        });
  }

  private Job done(BulkKind kind, TenantId tenant, BulkReport report, Instant start) {
    return new Job(
        jobIds.get(),
        tenant,
        kind.jobKind(false),
        state(report),
        report.total(),
        report.total(),
        report.successful(),
        report.failed(),
        report.problems(),
        1,
        false,
        start,
        Optional.of(start),
        Optional.of(clock.instant()));
  }

  private static State state(BulkReport report) {
    if (report.failed() == 0) return State.COMPLETED;
    return report.successful() == 0 ? State.FAILED : State.PARTIALLY_COMPLETED;
  }

  private static Answer report(Job job, BulkReport report) {
    var writer = new JsonWriter(1 << 10).beginObject();
    writer.field("job_id", job.id());
    writer.field("status", job.state().word());
    writer.field("total_records", report.total());
    writer.field("processed", report.total());
    writer.field("successful", report.successful());
    writer.field("failed", report.failed());
    writer.field("duplicates", report.duplicates());
    JobShape.writeErrors(writer, report.problems());
    if (!report.warnings().isEmpty()) writer.name("warnings").strings(report.warnings());
    writer.field("position", report.position());
    return Answer.ok(writer.endObject().toByteArray());
  }
}
