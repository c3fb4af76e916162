package dev.kindred.collect;

import dev.kindred.domain.Change;
import dev.kindred.domain.Submission;

/** About how much memory a submission takes while it waits: enough to bound a queue. */
final class SubmissionSize {

  private static final int SUBMISSION = 256;
  private static final int CHANGE = 256;

  private SubmissionSize() {}

  static long bytesOf(Submission submission) {
    long bytes = SUBMISSION;
    for (Change change : submission.changes()) bytes += CHANGE + contentsOf(change);
    return bytes;
  }

  /** What can be large in a change. */
  private static long contentsOf(Change change) {
    return switch (change) {
      case Change.PutEntity(var entity, _) ->
          entity.attributes().utf8().length + (long) Float.BYTES * entity.vector().values().length;
      case Change.RecordInteraction(var interaction) -> interaction.metadata().utf8().length;
      case Change.PutUser(_, var attributes) -> attributes.utf8().length;
      case Change.PutTenantSettings(var settings) -> settings.utf8().length;
      case Change.PutFeatureStatistics(var statistics) -> statistics.bytes().length;
      case Change.StartJob(var job) -> job.payload().length;
      case Change.CreateExperiment(_, var design, _) ->
          design.variants().stream().mapToLong(v -> v.config().utf8().length).sum();
      case Change.OfWebhooks.Tell(var notice) -> notice.data().utf8().length;
      case Change.RecordShown(var lists) ->
          lists.stream().mapToLong(list -> 200 + 64L * list.items().size()).sum();
      case Change.EditExperiment _,
          Change.RecordExposure _,
          Change.RecordConversion _,
          Change.OfWebhooks _,
          Change.EditEntity _,
          Change.DeleteEntity _,
          Change.RemoveInteraction _,
          Change.EraseUser _,
          Change.MergeUsers _,
          Change.UndoMerge _,
          Change.PutInteractionType _,
          Change.DeleteInteractionType _,
          Change.CreateKey _,
          Change.RevokeKey _,
          Change.RecordJob _,
          Change.PurgeBehaviours _,
          Change.CancelJob _ ->
          0;
    };
  }
}
