package dev.kindred.measure.behaviour;

import dev.kindred.domain.Change;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Retention;
import dev.kindred.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Takes behaviours out of the log that are older than they are to be kept. What they add up to
 * stays, so no answer but the overview's changes.
 *
 * <p>First the log says so; then they go a few at a time, with a pause after each, so that writers
 * wait for no more than a few and get at least half of the time. A run that was cut off is finished
 * by the next.
 */
public final class Cleanup {

  /** The kind of job that runs it. */
  public static final String JOB = "cleanup";

  /** So many positions are searched at once, for which nobody waits. */
  static final int POSITIONS_AT_ONCE = 10_000;

  private final Store store;
  private final Function<Submission, Submission.Receipt> keep;
  private final InstantSource clock;
  private final ToIntFunction<TenantId> retentionDays;
  private final LongSupplier nanos;
  private final Pause pause;

  /**
   * @param keep has a submission kept
   * @param retentionDays how long a tenant's behaviours are kept; 0: for ever
   * @param nanos tells how long something takes
   * @param pause waits
   */
  public Cleanup(
      Store store,
      Function<Submission, Submission.Receipt> keep,
      InstantSource clock,
      ToIntFunction<TenantId> retentionDays,
      LongSupplier nanos,
      Pause pause) {
    this.store = store;
    this.keep = keep;
    this.clock = clock;
    this.retentionDays = retentionDays;
    this.nanos = nanos;
    this.pause = pause;
  }

  /** Waits for a time. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** Told how far a run is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Takes the numbers; may throw to stop the run.
     *
     * @param positions how many positions there are to go through
     * @param gone how many of them are done
     * @param folded how many behaviours were taken out
     */
    void report(long positions, long gone, long folded);
  }

  /** Takes out what is too old; returns how many behaviours that were. */
  public long run(TenantId tenant, Progress progress) throws InterruptedException {
    int days = retentionDays.applyAsInt(tenant);
    if (days == 0) return 0;
    Instant before =
        Instant.ofEpochMilli(clock.instant().minus(Duration.ofDays(days)).toEpochMilli());
    var receipt = keep.apply(Submission.of(tenant, new Change.PurgeBehaviours(before)));
    if (receipt.outcomes().getFirst() instanceof Outcome.Refused refused) throw refused.reason();
    long end = receipt.position();
    long folded = 0;
    var pace = new CleanupPace();
    for (long at = 0; at < end; ) {
      progress.report(end, at, folded);
      long start = nanos.getAsLong();
      Retention.Step step =
          store
              .retention()
              .fold(
                  tenant,
                  before.toEpochMilli() * 1_000,
                  at,
                  Math.min(end, at + POSITIONS_AT_ONCE),
                  pace.atOnce());
      pause.of(pace.after(step.folded(), nanos.getAsLong() - start));
      folded += step.folded();
      at = step.upTo();
    }
    progress.report(end, end, folded);
    return folded;
  }
}
