package dev.kindred.webhooks;

import dev.kindred.domain.Job;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Topic;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.store.Jobs.Progress;
import java.time.Instant;
import java.util.Optional;

/** Tells that an import has ended. */
public final class ImportNotices {

  private ImportNotices() {}

  /** The notice about a job that has ended; none where it was no import. */
  public static Optional<Notice> about(Job job, Job.State state, Progress last, Instant at) {
    boolean isImport = job.kind().startsWith("import") || job.kind().contains(".bulk");
    return isImport ? Optional.of(notice(job, state, last, at)) : Optional.empty();
  }

  /** The notice about an import that was done while its caller waited. */
  public static Notice about(Job done, Instant at) {
    var last =
        new Progress(
            done.total(), done.processed(), done.successful(), done.failed(), done.errors());
    return notice(done, done.state(), last, at);
  }

  private static Notice notice(Job job, Job.State state, Progress last, Instant at) {
    var writer = new JsonWriter().beginObject();
    writer.field("job_id", job.id());
    writer.field("kind", job.kind());
    writer.field("status", state.word());
    writer.field("total_records", last.total());
    writer.field("processed", last.processed());
    writer.field("successful", last.successful());
    writer.field("failed", last.failed());
    byte[] data = writer.endObject().toByteArray();
    return new Notice(Topic.IMPORT_COMPLETED, Json.object(data, Limits.METADATA), at);
  }
}
