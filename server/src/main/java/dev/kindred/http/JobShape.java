package dev.kindred.http;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.json.JsonWriter;
import java.util.List;

/** How jobs are written. */
final class JobShape {

  private JobShape() {}

  /** A job that was just written at this position. */
  static byte[] write(Job job, long position) {
    var writer = new JsonWriter(512).beginObject();
    writeMembers(writer, job);
    return writer.field("position", position).endObject().toByteArray();
  }

  static byte[] write(Job job) {
    var writer = new JsonWriter(512).beginObject();
    writeMembers(writer, job);
    return writer.endObject().toByteArray();
  }

  static void writeMembers(JsonWriter writer, Job job) {
    writer.field("job_id", job.id());
    writer.field("kind", job.kind());
    writer.field("tenant_id", job.tenant().value());
    writer.field("status", job.state().word());
    writer.field("total_records", job.total());
    writer.field("processed", job.processed());
    writer.field("successful", job.successful());
    writer.field("failed", job.failed());
    if (job.state() == Job.State.COMPLETED) {
      writer.field("progress", 1.0); // also where less was to be done than was thought
    } else if (job.total() > 0) {
      writer.field("progress", Math.min(1.0, (double) job.processed() / job.total()));
    }
    writer.field("cancel_requested", job.cancelRequested());
    writer.field("attempts", job.attempts());
    writeErrors(writer, job.errors());
    writer.field("created_at", job.createdAt());
    job.startedAt().ifPresent(at -> writer.field("started_at", at));
    job.finishedAt().ifPresent(at -> writer.field("finished_at", at));
  }

  static void writeErrors(JsonWriter writer, List<Problem> errors) {
    writer.name("errors").beginArray();
    for (Problem problem : errors) {
      writer.beginObject().field("index", problem.index());
      if (!problem.entityId().isEmpty()) writer.field("entity_id", problem.entityId());
      if (!problem.entityType().isEmpty()) writer.field("entity_type", problem.entityType());
      writer.field("error", problem.error()).endObject();
    }
    writer.endArray();
  }
}
