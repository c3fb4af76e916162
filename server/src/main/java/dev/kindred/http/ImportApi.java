package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Change;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Job;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.Format;
import dev.kindred.transfer.ImportJob;
import dev.kindred.transfer.ImportOptions;
import dev.kindred.transfer.Importer;
import dev.kindred.transfer.Importer.Rejects;
import dev.kindred.transfer.Importer.Result;
import dev.kindred.transfer.Importer.Task;
import dev.kindred.transfer.Preset;
import dev.kindred.transfer.RecordKind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Files of any length and of any common shape, as the body of a request. */
final class ImportApi {

  /** Each holds some batches in memory. */
  private static final int AT_ONCE = 4;

  private final Writes writes;
  private final Importer importer;
  private final Supplier<String> jobIds;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);

  ImportApi(Writes writes, Importer importer, Supplier<String> jobIds, InstantSource clock) {
    this.writes = writes;
    this.importer = importer;
    this.jobIds = jobIds;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/import", SERVER, "Takes in a file", this::take)
            .with(Route.Trait.STREAMED_BODY));
  }

  private Answer take(Exchange exchange) throws IOException {
    if (MediaTypes.isJson(exchange.mediaType())) {
      throw new KindredException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type must be text/csv, application/x-ndjson or application/octet-stream, got "
              + Shown.value(exchange.contentType()));
    }
    TenantId tenant = exchange.tenant();
    ImportOptions options = options(exchange.query());
    boolean dryRun = exchange.query().flag("dry_run", false);
    String fileName = exchange.query().one("file_name").orElse("");
    Optional<String> once = exchange.header("Idempotency-Key").map(ImportJob::once);
    var task = new Task(tenant, fileName, options, once, dryRun, Rejects.NOWHERE, _ -> {});
    Instant start = clock.instant();
    Result result = inTurn(exchange, task);
    if (dryRun) return Answer.ok(answer(result, Optional.empty()));
    Job job = ImportJob.of(jobIds.get(), tenant, result.report(), start, clock.instant());
    Answer answer = Answer.ok(answer(result, Optional.of(job.id()))).at(result.report().position());
    return writes.keep(exchange, tenant, new Change.RecordJob(job), _ -> answer);
  }

  private Result inTurn(Exchange exchange, Task task) throws IOException {
    if (!places.tryAcquire()) throw Unavailable.overloaded("the room for imports");
    try {
      return importer.run(exchange.bodyStream(), task);
    } finally {
      places.release();
    }
  }

  private static ImportOptions options(Query query) {
    return new ImportOptions(
        query.one("kind").map(RecordKind::of),
        query.one("format").map(Format::of),
        query.one("preset").map(Preset::of),
        ImportOptions.pairs("map", query.all("map")),
        ImportOptions.pairs("fill", query.all("fill")),
        query.one("delimiter").map(ImportOptions::delimiter),
        query.one("header").map(_ -> query.flag("header", true)),
        query.one("encoding").map(ImportApi::encoding).orElse(UTF_8));
  }

  private static Charset encoding(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw InvalidRequest.at(
          "encoding", "encoding must be one such as UTF-8 or ISO-8859-1, got " + Shown.value(name));
    }
  }

  private static byte[] answer(Result result, Optional<String> jobId) {
    var writer = new JsonWriter(1 << 10).beginObject();
    jobId.ifPresent(id -> writer.field("job_id", id));
    writer.field("dry_run", jobId.isEmpty());
    ImportJob.writeMembers(writer, result);
    return writer.endObject().toByteArray();
  }
}
