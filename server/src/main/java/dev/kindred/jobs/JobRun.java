package dev.kindred.jobs;

import dev.kindred.domain.Job;
import dev.kindred.store.Jobs.Leased;
import dev.kindred.store.Jobs.Progress;
import org.jspecify.annotations.Nullable;

/** A job in hand: what it needs to know, and where it says how far it is. */
public final class JobRun {

  /** Why work has to end before it is done. */
  enum Stop {
    CANCELLED,
    /** Another replica has it. */
    LOST,
    SHUTTING_DOWN
  }

  private final Leased leased;
  private volatile Progress progress;
  private volatile @Nullable Stop stop;
  private volatile Job.@Nullable State ended;

  JobRun(Leased leased) {
    this.leased = leased;
    Job job = leased.job();
    this.progress =
        new Progress(job.total(), job.processed(), job.successful(), job.failed(), job.errors());
  }

  /** The job as it was taken, with what an earlier attempt reported. */
  public Job job() {
    return leased.job();
  }

  /** What it was started with. */
  public byte[] payload() {
    return leased.payload();
  }

  /**
   * Says how far the work is. Cheap: it is written down every few seconds.
   *
   * @throws JobStopped if the work has to end
   */
  public void report(Progress reached) {
    progress = reached;
    goOn();
  }

  /**
   * Lets the work go on, if it is still wanted.
   *
   * @throws JobStopped otherwise
   */
  public void goOn() {
    if (stop != null) throw new JobStopped(job().id());
  }

  Progress progress() {
    return progress;
  }

  @Nullable Stop stop() {
    return stop;
  }

  /** The first reason stays. */
  synchronized void stop(Stop reason) {
    if (stop == null) stop = reason;
  }

  /** How it ended, or null while it is going on. */
  Job.@Nullable State ended() {
    return ended;
  }

  void end(Job.State state, Progress last) {
    progress = last;
    ended = state;
  }
}
