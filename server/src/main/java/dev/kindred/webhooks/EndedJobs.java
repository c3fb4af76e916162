package dev.kindred.webhooks;

import dev.kindred.domain.Job;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Topic;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Jobs.Progress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What webhooks are told when a job ends: that an import is over, or that there is a new model. */
public final class EndedJobs {

  /** The jobs that make models. */
  private static final Set<String> TRAININGS = Set.of("rebuild", "first-models");

  private EndedJobs() {}

  /** The notice about a job that has ended; none where nobody need know. */
  public static Optional<Notice> notice(Job job, Job.State state, Progress last, Instant at) {
    if (isImport(job)) return Optional.of(imported(job, state, last, at));
    boolean isModel = TRAININGS.contains(job.kind()) && state == Job.State.COMPLETED;
    return isModel ? Optional.of(model(job, at)) : Optional.empty();
  }

  /** The notice about an import that was done while its caller waited. */
  public static Notice imported(Job done, Instant at) {
    var last =
        new Progress(
            done.total(), done.processed(), done.successful(), done.failed(), done.errors());
    return imported(done, done.state(), last, at);
  }

  private static boolean isImport(Job job) {
    return job.kind().startsWith("import") || job.kind().contains(".bulk");
  }

  private static Notice imported(Job job, Job.State state, Progress last, Instant at) {
    JsonWriter writer = begin(job);
    writer.field("status", state.word());
    writer.field("total_records", last.total());
    writer.field("processed", last.processed());
    writer.field("successful", last.successful());
    writer.field("failed", last.failed());
    return Notices.of(Topic.IMPORT_COMPLETED, writer.endObject(), at);
  }

  private static Notice model(Job job, Instant at) {
    return Notices.of(Topic.MODEL_UPDATED, begin(job).endObject(), at);
  }

  private static JsonWriter begin(Job job) {
    return new JsonWriter().beginObject().field("job_id", job.id()).field("kind", job.kind());
  }
}
