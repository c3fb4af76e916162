package dev.kindred.jobs;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Unavailable;
import dev.kindred.store.Jobs;
import dev.kindred.store.Jobs.Leased;
import dev.kindred.store.Jobs.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the jobs in the table, a few at a time. Every replica has one; a lease sees to it that a
 * job is with one of them only.
 *
 * <p>Somebody calls {@link #tick} every second or two: it writes down how far the jobs are, which
 * renews their leases, and takes new ones. A job whose replica died is taken by another when its
 * lease runs out. Safe for any number of threads.
 */
public final class JobRunner implements AutoCloseable {

  /**
   * How jobs are run.
   *
   * @param owner this replica's name among the others
   * @param lease for how long a job is believed to be in good hands without a sign of life; several
   *     ticks long
   * @param attemptsMax how often a job is begun at most, before it is given up
   * @param runningMax how many run here at once
   * @param historyKept for how long ended jobs can be looked up
   * @param patience for how long closing waits for work to stop
   */
  public record Settings(
      String owner,
      Duration lease,
      int attemptsMax,
      int runningMax,
      Duration historyKept,
      Duration patience) {

    public static Settings of(String owner) {
      return new Settings(
          owner, Duration.ofSeconds(30), 5, 2, Duration.ofDays(7), Duration.ofSeconds(20));
    }

    /** The same with another number of jobs at once. */
    public Settings runningAtOnce(int max) {
      return new Settings(owner, lease, attemptsMax, max, historyKept, patience);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration PRUNE_EVERY = Duration.ofHours(1);
  private static final Duration FIRST_RETRY_AFTER = Duration.ofSeconds(10);

  private final Jobs jobs;
  private final Map<String, JobWork> works;
  private final JobNotices notices;
  private final Settings settings;
  private final Clock clock;
  private final Executor threads;

  /** What this replica has in hand, by id. */
  private final Map<String, JobRun> running = new ConcurrentHashMap<>();

  /** Held by whoever ticks; also guards what follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition oneLess = lock.newCondition();
  private Instant pruneAt = Instant.MIN;
  private boolean isClosed;
  private boolean isFailing;

  /**
   * @param works what each kind of job does
   * @param threads where the work is done
   */
  public JobRunner(
      Jobs jobs, Map<String, JobWork> works, Settings settings, Clock clock, Executor threads) {
    this(jobs, works, JobNotices.NONE, settings, clock, threads);
  }

  /**
   * @param works what each kind of job does
   * @param notices what webhooks are told when a job ends
   * @param threads where the work is done
   */
  public JobRunner(
      Jobs jobs,
      Map<String, JobWork> works,
      JobNotices notices,
      Settings settings,
      Clock clock,
      Executor threads) {
    this.jobs = jobs;
    this.notices = notices;
    this.works = Map.copyOf(works);
    this.settings = settings;
    this.clock = clock;
    this.threads = threads;
  }

  /** Renews, takes, and clears away. Never throws: what fails now is tried at the next tick. */
  public void tick() {
    lock.lock();
    try {
      for (JobRun run : running.values()) {
        if (run.ended() == null) renew(run);
        else settle(run);
      }
      if (isClosed) return;
      take();
      prune();
      isFailing = false;
    } catch (RuntimeException failure) {
      if (!isFailing) LOG.warn("cannot look after the jobs", failure);
      isFailing = true;
    } finally {
      lock.unlock();
    }
  }

  /** How many jobs are in hand. */
  public int running() {
    return running.size();
  }

  /** Asks the work to stop, waits for it for a while, and leaves the jobs to other replicas. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      for (JobRun run : running.values()) run.stop(JobRun.Stop.SHUTTING_DOWN);
      long left = settings.patience().toNanos();
      while (!running.isEmpty() && left > 0) left = oneLess.awaitNanos(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    if (!running.isEmpty()) LOG.warn("jobs are left to their leases, jobs={}", running.keySet());
  }

  private void renew(JobRun run) {
    String id = run.job().id();
    Instant until = clock.instant().plus(settings.lease());
    if (jobs.progress(settings.owner(), id, run.progress(), until)) return;
    boolean cancelled =
        jobs.find(run.job().tenant(), id)
            .map(job -> job.cancelRequested() && !job.state().isFinal())
            .orElse(false);
    run.stop(cancelled ? JobRun.Stop.CANCELLED : JobRun.Stop.LOST);
  }

  private void take() {
    List<String> kinds = List.copyOf(works.keySet());
    while (running.size() < settings.runningMax()) {
      var next = jobs.take(settings.owner(), kinds, clock.instant(), settings.lease());
      if (next.isEmpty()) return;
      begin(next.get());
    }
  }

  private void begin(Leased leased) {
    var run = new JobRun(leased);
    Job job = leased.job();
    running.put(job.id(), run);
    if (job.cancelRequested()) {
      end(run, State.CANCELLED, run.progress());
    } else if (job.attempts() > settings.attemptsMax()) {
      giveUp(run);
    } else {
      hand(run);
    }
  }

  private void hand(JobRun run) {
    try {
      threads.execute(() -> work(run));
    } catch (RejectedExecutionException failure) {
      handBack(run, Duration.ZERO);
      throw failure;
    }
  }

  private void work(JobRun run) {
    try {
      requireNonNull(works.get(run.job().kind())).run(run);
      end(run, outcomeOf(run.progress()), run.progress());
    } catch (JobStopped _) {
      stopped(run);
    } catch (Throwable failure) {
      // An error too: a job that nobody ends would be renewed for ever.
      if (failure instanceof KindredException refusal && !(failure instanceof Unavailable)) {
        fail(run, refusal.sentence());
      } else {
        failed(run, failure);
      }
    }
  }

  private static State outcomeOf(Progress last) {
    if (last.failed() == 0) return State.COMPLETED;
    return last.successful() == 0 ? State.FAILED : State.PARTIALLY_COMPLETED;
  }

  private void stopped(JobRun run) {
    switch (requireNonNull(run.stop())) {
      case CANCELLED -> end(run, State.CANCELLED, run.progress());
      case SHUTTING_DOWN -> handBack(run, Duration.ZERO);
      case LOST -> remove(run);
    }
  }

  private void failed(JobRun run, Throwable failure) {
    Job job = run.job();
    LOG.warn(
        "a job failed, job={} kind={} attempt={}", job.id(), job.kind(), job.attempts(), failure);
    if (job.attempts() >= settings.attemptsMax()) giveUp(run);
    else handBack(run, FIRST_RETRY_AFTER.multipliedBy(1L << Math.min(job.attempts() - 1, 6)));
  }

  private void giveUp(JobRun run) {
    Job job = run.job();
    LOG.error("a job is given up, job={} kind={}", job.id(), job.kind());
    fail(run, "given up after " + settings.attemptsMax() + " attempts");
  }

  /** Ends a job that went wrong as a whole, after what may have gone wrong with its rows. */
  private void fail(JobRun run, String sentence) {
    Progress last = run.progress();
    var errors = new ArrayList<>(last.errors());
    errors.add(new Problem(-1, "", "", sentence));
    end(
        run,
        State.FAILED,
        new Progress(last.total(), last.processed(), last.successful(), last.failed(), errors));
  }

  /** Leaves a job to whoever takes it after that time. */
  private void handBack(JobRun run, Duration after) {
    try {
      jobs.progress(settings.owner(), run.job().id(), run.progress(), clock.instant().plus(after));
    } catch (Unavailable _) {
      // Then it is taken when the lease runs out.
    }
    remove(run);
  }

  private void end(JobRun run, State state, Progress last) {
    run.end(state, last);
    try {
      settle(run);
    } catch (Unavailable _) {
      // The next tick says it again.
    }
  }

  private void settle(JobRun run) {
    State state = requireNonNull(run.ended());
    Instant now = clock.instant();
    var notice = notices.about(run.job(), state, run.progress(), now);
    jobs.finish(settings.owner(), run.job().id(), state, run.progress(), now, notice);
    remove(run);
  }

  private void remove(JobRun run) {
    lock.lock();
    try {
      running.remove(run.job().id(), run);
      oneLess.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void prune() {
    Instant now = clock.instant();
    if (now.isBefore(pruneAt)) return;
    jobs.prune(now.minus(settings.historyKept()));
    pruneAt = now.plus(PRUNE_EVERY);
  }
}
