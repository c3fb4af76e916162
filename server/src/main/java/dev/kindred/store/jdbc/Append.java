package dev.kindred.store.jdbc;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.EraseUser;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Submissions on their way into the log, within one transaction. Answers that were given before are
 * read at its beginning and new ones written at its end; whatever takes answers away has to stand
 * alone, see {@link #parts}.
 */
final class Append {

  /**
   * So many changes are gathered at most: it bounds what is held in memory. The more there are, the
   * nearer to each other their rows lie in an index once they are sorted; but what is made for them
   * lives until they are written, and fits a processor's cache less and less.
   */
  private static final int BATCH_MAX = 20_000;

  private record AnswerKey(TenantId tenant, String key) {}

  private final Appending appending;
  private final List<Submission> submissions;
  private final Map<AnswerKey, RememberedAnswer> remembered = new HashMap<>();
  private boolean remembers;

  /** The newest position after the submissions that have their receipts. */
  private long newest;

  Append(Appending appending, List<Submission> submissions) {
    this.appending = appending;
    this.submissions = submissions;
    this.newest = appending.head().position();
  }

  /**
   * Cuts submissions into stretches, each for an append: one that erases a user stands alone, after
   * the answers that it takes away and before those who ask for them.
   */
  static List<List<Submission>> parts(List<Submission> submissions) {
    var parts = new ArrayList<List<Submission>>();
    int from = 0;
    for (int i = 0; i < submissions.size(); i++) {
      if (submissions.get(i).changes().stream().noneMatch(EraseUser.class::isInstance)) continue;
      if (from < i) parts.add(submissions.subList(from, i));
      parts.add(submissions.subList(i, i + 1));
      from = i + 1;
    }
    if (from < submissions.size()) parts.add(submissions.subList(from, submissions.size()));
    return parts;
  }

  /**
   * Does everything but the commit.
   *
   * @param carefully finds out which change it is that the database refuses, and keeps the others;
   *     otherwise that is an exception
   */
  List<Receipt> run(boolean carefully) throws SQLException {
    recall();
    var steps = new ArrayList<Step>();
    var refused = new HashMap<Integer, Outcome>();
    int[] firstChanges = new int[submissions.size() + 1];
    int changes = 0;
    var first = new HashSet<AnswerKey>();
    for (int i = 0; i < submissions.size(); i++) {
      firstChanges[i] = changes;
      Submission submission = submissions.get(i);
      Optional<AnswerKey> key = key(submission);
      // The second submission with the same key in one append waits for the answer to the first.
      boolean isFirst =
          key.isEmpty() || (!remembered.containsKey(key.get()) && first.add(key.get()));
      if (!isFirst) continue;
      JobFence fence = JobFence.of(appending, submission);
      for (Change change : submission.changes()) {
        int index = changes++;
        Optional<KindredException> reason = fence.refusal(change);
        if (reason.isEmpty()) steps.add(new Step(index, submission.tenant(), change));
        else refused.put(index, new Outcome.Refused(reason.get()));
      }
    }
    firstChanges[submissions.size()] = changes;
    @Nullable Outcome[] outcomes = new Outcome[changes];
    refused.forEach((index, outcome) -> outcomes[index] = outcome);
    if (carefully) runCarefully(steps, outcomes);
    else run(steps, outcomes);
    var receipts = new ArrayList<Receipt>(submissions.size());
    for (int i = 0; i < submissions.size(); i++) {
      receipts.add(receipt(submissions.get(i), firstChanges[i], firstChanges[i + 1], outcomes));
    }
    if (remembers) AnswerRows.prune(appending.session(), appending.now());
    return receipts;
  }

  /** Whether it has kept an answer. */
  boolean remembers() {
    return remembers;
  }

  private static Optional<AnswerKey> key(Submission submission) {
    return submission.once().map(once -> new AnswerKey(submission.tenant(), once.key()));
  }

  /** Reads the answers that were given before to what is submitted now. */
  private void recall() throws SQLException {
    var keys = new HashMap<TenantId, List<String>>();
    for (Submission submission : submissions) {
      key(submission)
          .ifPresent(
              key -> keys.computeIfAbsent(key.tenant(), any -> new ArrayList<>()).add(key.key()));
    }
    for (var entry : keys.entrySet()) {
      TenantId tenant = entry.getKey();
      Optional<Integer> number = appending.numbers().tenant(appending.session(), tenant);
      if (number.isEmpty()) continue;
      AnswerRows.find(appending.session(), number.get(), entry.getValue(), appending.now())
          .forEach((key, answer) -> remembered.put(new AnswerKey(tenant, key), answer));
    }
  }

  private void run(List<Step> steps, @Nullable Outcome[] outcomes) throws SQLException {
    int at = 0;
    while (at < steps.size()) {
      int end = endOf(steps, at, Batch::takes);
      int endOfExperiments = endOf(steps, at, ExperimentBatch::takes);
      if (end > at) {
        Batch.run(appending, steps.subList(at, end), outcomes);
      } else if (endOfExperiments > at) {
        end = endOfExperiments;
        ExperimentBatch.run(appending, steps.subList(at, end), outcomes);
      } else {
        runSingle(steps.get(at), outcomes);
        end++;
      }
      at = end;
    }
  }

  /** Where the stretch ends that can be made in one batch; where it begins if none can. */
  private static int endOf(List<Step> steps, int from, Predicate<Change> takes) {
    int end = from;
    while (end < steps.size() && end - from < BATCH_MAX && takes.test(steps.get(end).change())) {
      end++;
    }
    return end;
  }

  private void runSingle(Step step, @Nullable Outcome[] outcomes) throws SQLException {
    try {
      outcomes[step.index()] = SingleChange.make(appending, step.tenant(), step.change());
    } catch (KindredException e) {
      outcomes[step.index()] = new Outcome.Refused(e);
    }
  }

  /** Halves what the database refuses until the change is found that is to blame. */
  private void runCarefully(List<Step> steps, @Nullable Outcome[] outcomes) throws SQLException {
    if (steps.isEmpty()) return;
    Savepoint savepoint = appending.session().savepoint();
    Head before = appending.head().copy();
    NewEvents eventsBefore = appending.newEvents().copy();
    try {
      run(steps, outcomes);
      appending.session().release(savepoint);
      return;
    } catch (SQLException e) {
      if (!appending.session().dialect().isRefusal(e)) throw e;
    }
    appending.session().rollBackTo(savepoint);
    appending.head().goBackTo(before);
    appending.newEvents().goBackTo(eventsBefore);
    appending.numbers().rollBack();
    if (steps.size() == 1) {
      outcomes[steps.getFirst().index()] =
          refused("the database cannot hold one of the values; a text with \\u0000 is one example");
      return;
    }
    int middle = steps.size() / 2;
    runCarefully(steps.subList(0, middle), outcomes);
    runCarefully(steps.subList(middle, steps.size()), outcomes);
  }

  private Receipt receipt(Submission submission, int from, int to, @Nullable Outcome[] outcomes)
      throws SQLException {
    if (submission.once().isEmpty()) {
      return receipt(decided(Arrays.asList(outcomes).subList(from, to)));
    }
    Once once = submission.once().get();
    var key = new AnswerKey(submission.tenant(), once.key());
    RememberedAnswer before = remembered.get(key);
    if (before == null) {
      List<Outcome> decided = decided(Arrays.asList(outcomes).subList(from, to));
      RememberedAnswer answer = once.answer().apply(decided);
      remember(submission, once, answer, answer.mayNameUsers() ? about(submission, decided) : null);
      remembered.put(key, answer);
      return receipt(decided);
    }
    if (before.requestHash().equals(once.requestHash())) {
      return new Receipt(List.of(), newest, Optional.of(before));
    }
    Outcome refused =
        refused("this Idempotency-Key came with another request before; use a new key");
    return receipt(submission.changes().stream().map(any -> refused).toList());
  }

  private Receipt receipt(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) newest = Math.max(newest, position(outcome));
    return new Receipt(outcomes, newest, Optional.empty());
  }

  private void remember(
      Submission submission, Once once, RememberedAnswer answer, @Nullable String about)
      throws SQLException {
    TenantPart tenant = TenantPart.of(appending, submission.tenant());
    AnswerRows.put(
        appending.session(), tenant.number(), once.key(), answer, about, appending.now());
    remembers = true;
  }

  /** The user whom the answer is about, so that it can go with them. */
  private static @Nullable String about(Submission submission, List<Outcome> outcomes) {
    Set<UserId> users = submission.users(outcomes);
    return switch (users.size()) {
      case 0 -> null;
      case 1 -> users.iterator().next().value();
      default -> AnswerRows.SEVERAL_USERS;
    };
  }

  private static List<Outcome> decided(List<@Nullable Outcome> outcomes) {
    var decided = new ArrayList<Outcome>(outcomes.size());
    for (Outcome outcome : outcomes) {
      if (outcome == null) throw new IllegalStateException("a change was left undecided");
      decided.add(outcome);
    }
    return decided;
  }

  private static Outcome refused(String why) {
    return new Outcome.Refused(new KindredException(ErrorCode.UNPROCESSABLE, why));
  }

  /** The place that a change took in the log; 0 where it took none. */
  private static long position(Outcome outcome) {
    return switch (outcome) {
      case Outcome.EntityStored stored -> stored.position();
      case Outcome.EntityDeleted deleted -> deleted.position();
      case Outcome.InteractionStored stored -> stored.duplicate() ? 0 : stored.position();
      case Outcome.InteractionRemoved removed -> removed.position();
      case Outcome.UserStored stored -> stored.position();
      case Outcome.UserErased erased -> erased.position();
      case Outcome.UsersMerged merged -> merged.position();
      case Outcome.InteractionTypeStored stored -> stored.position();
      case Outcome.InteractionTypeDeleted deleted -> deleted.position();
      case Outcome.TenantSettingsStored stored -> stored.position();
      case Outcome.FeatureStatisticsStored stored -> stored.position();
      case Outcome.KeyStored stored -> stored.position();
      case Outcome.JobStored stored -> stored.position();
      case Outcome.BehavioursPurged purged -> purged.position();
      case Outcome.ExperimentStored stored -> stored.position();
      case Outcome.ExposureStored stored -> stored.first() ? stored.position() : 0;
      case Outcome.ConversionStored stored -> stored.position();
      case Outcome.WebhookStored stored -> stored.position();
      case Outcome.WebhookDeleted deleted -> deleted.position();
      case Outcome.DeadLettersWanted wanted -> wanted.position();
      case Outcome.Told told -> told.position();
      case Outcome.ShownKept kept -> kept.position();
      case Outcome.Refused _ -> 0;
    };
  }
}
