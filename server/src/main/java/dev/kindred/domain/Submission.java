package dev.kindred.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one caller wants kept, together: all of it is in one transaction, though each change may be
 * refused alone.
 *
 * @param changes in the order in which they are to happen; may be empty where only an answer is to
 *     be remembered
 * @param once makes the submission take effect once, however often it is sent
 * @param jobId the job that wants it, if it is one: what it says of users who were erased since it
 *     was started is refused, and so is all of it once the job has ended
 */
public record Submission(
    TenantId tenant, List<Change> changes, Optional<Once> once, Optional<String> jobId) {

  public Submission {
    changes = List.copyOf(changes);
  }

  /** What somebody wants who waits for the answer. */
  public Submission(TenantId tenant, List<Change> changes, Optional<Once> once) {
    this(tenant, changes, once, Optional.empty());
  }

  /**
   * The users whom an answer to this is about, so that it can go with them. Where an {@code
   * event_id} came before, that is whose event it was, whoever is said to have sent it now. Who was
   * erased before is not among them: no answer names them any more.
   */
  public Set<UserId> users(List<Outcome> outcomes) {
    var users = new HashSet<UserId>();
    for (int i = 0; i < outcomes.size(); i++) {
      Change change = changes.get(i);
      if (outcomes.get(i) instanceof Outcome.Refused(ErasedMeanwhile _)) continue;
      if (outcomes.get(i) instanceof Outcome.InteractionStored stored) {
        users.add(stored.interaction().user());
      } else if (outcomes.get(i) instanceof Outcome.UsersMerged merged) {
        users.add(merged.merge().from());
        users.add(merged.merge().into());
      } else {
        userOf(change).ifPresent(users::add);
      }
    }
    return users;
  }

  /** The user whom a change makes known, or says something new about. */
  public static Optional<UserId> userOf(Change change) {
    return switch (change) {
      case Change.RecordInteraction(var interaction) -> Optional.of(interaction.user());
      case Change.PutUser(var user, _) -> Optional.of(user);
      case Change.RecordExposure exposure -> Optional.of(exposure.user());
      case Change.RecordConversion conversion -> Optional.of(conversion.user());
      case Change.PutEntity _,
          Change.EditEntity _,
          Change.DeleteEntity _,
          Change.RemoveInteraction _,
          Change.EraseUser _,
          Change.MergeUsers _,
          Change.UndoMerge _,
          Change.PutInteractionType _,
          Change.DeleteInteractionType _,
          Change.PutTenantSettings _,
          Change.PutFeatureStatistics _,
          Change.CreateKey _,
          Change.RevokeKey _,
          Change.OfWebhooks _,
          Change.PurgeBehaviours _,
          Change.StartJob _,
          Change.RecordJob _,
          Change.CancelJob _,
          Change.CreateExperiment _,
          Change.EditExperiment _,
          Change.RecordShown _ ->
          Optional.empty();
    };
  }

  public static Submission of(TenantId tenant, Change change) {
    return new Submission(tenant, List.of(change), Optional.empty());
  }

  /**
   * The caller's {@code Idempotency-Key}.
   *
   * @param requestHash of the whole request, so that the same key with another request is noticed
   * @param answer what to remember; called inside the transaction with all outcomes, so pure and
   *     quick
   */
  public record Once(
      String key, String requestHash, Function<List<Outcome>, RememberedAnswer> answer) {

    public Once {
      Text.id("Idempotency-Key", key, 128);
    }
  }

  /**
   * An answer that was given, to be given again.
   *
   * @param mayNameUsers whether it goes with a user whom it may name; one that only counts stays,
   *     since what it stands for would be kept twice without it
   */
  public record RememberedAnswer(
      String requestHash,
      int status,
      String contentType,
      Optional<String> location,
      byte[] body,
      boolean mayNameUsers) {

    /** One that may name users. */
    public RememberedAnswer(
        String requestHash,
        int status,
        String contentType,
        Optional<String> location,
        byte[] body) {
      this(requestHash, status, contentType, location, body, true);
    }

    /** How many rows of many were kept, and what was wrong with the others. */
    public static RememberedAnswer ofRows(String requestHash, byte[] tally, boolean mayNameUsers) {
      return new RememberedAnswer(
          requestHash, 200, "application/json", Optional.empty(), tally, mayNameUsers);
    }
  }

  /**
   * What became of a submission.
   *
   * @param outcomes one a change, in their order; empty where {@code replayed} is there
   * @param position the newest position of this submission, or of the log where it took none
   * @param replayed the first answer, if the same submission had been kept before
   */
  public record Receipt(
      List<Outcome> outcomes, long position, Optional<RememberedAnswer> replayed) {}
}
