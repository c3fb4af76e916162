package dev.kindred.follow;

import dev.kindred.domain.Change;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has changes kept in batches: the next one is filled while the one before it is committed, and
 * their order stays. Not for several threads.
 */
final class Keeping {

  private final TenantId tenant;
  private final Function<Submission, Receipt> keep;
  private final ExecutorService threads;
  private final int batchChanges;

  private List<Change> batch;
  private @Nullable Future<Receipt> underWay; // null before the first
  private long written;
  private long refused;
  private String firstRefusal = "";

  Keeping(
      TenantId tenant,
      Function<Submission, Receipt> keep,
      ExecutorService threads,
      int batchChanges) {
    this.tenant = tenant;
    this.keep = keep;
    this.threads = threads;
    this.batchChanges = batchChanges;
    this.batch = new ArrayList<>(batchChanges);
  }

  void add(Change change) {
    batch.add(change);
    if (batch.size() == batchChanges) send();
  }

  /** Returns when all that was added is kept. */
  void finish() {
    if (!batch.isEmpty()) send();
    await();
  }

  /** How many changes were kept so far. */
  long written() {
    return written;
  }

  /** How many were refused, other than for being gone already. */
  long refused() {
    return refused;
  }

  /** Why the first was. */
  String firstRefusal() {
    return firstRefusal;
  }

  private void send() {
    await();
    var submission = new Submission(tenant, batch, Optional.empty());
    underWay = threads.submit(() -> keep.apply(submission));
    batch = new ArrayList<>(batchChanges);
  }

  private void await() {
    Future<Receipt> waiting = underWay;
    if (waiting == null) return;
    underWay = null;
    try {
      for (Outcome outcome : waiting.get().outcomes()) tally(outcome);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) throw thrown;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    }
  }

  private void tally(Outcome outcome) {
    if (!(outcome instanceof Outcome.Refused(var reason))) {
      written++;
    } else if (!(reason instanceof NotFound)) {
      refused++;
      if (firstRefusal.isEmpty()) firstRefusal = reason.sentence();
    }
  }
}
