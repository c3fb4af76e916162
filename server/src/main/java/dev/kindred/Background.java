package dev.kindred;

import dev.kindred.jobs.JobNotices;
import dev.kindred.jobs.JobRunner;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.jobs.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What goes on by itself while the product is open: jobs, and what is looked at again and again.
 */
final class Background implements AutoCloseable {

  private static final Duration LOG_FOLLOWED_EVERY = Duration.ofMillis(200);
  private static final Duration CHECKPOINTS_LOOKED_AT_EVERY = Duration.ofSeconds(5);
  private static final Duration EXPOSURES_KEPT_EVERY = Duration.ofMillis(200);
  private static final Duration STANDINGS_RENEWED_EVERY = Duration.ofMillis(250);
  private static final Duration MODELS_LOOKED_AT_EVERY = Duration.ofSeconds(2);
  private static final Duration JOBS_LOOKED_AT_EVERY = Duration.ofSeconds(1);

  private final Core core;
  private final Scheduler scheduler;
  private final JobRunner jobs;

  /** Not virtual ones: a job may reckon for seconds, and requests share so few real threads. */
  private final ExecutorService jobThreads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("job-", 0).daemon().factory());

  // Each has a thread of its own, so that what takes long holds nothing up that is quick.
  private final ScheduledExecutorService quickTicks = ticks();
  private final ScheduledExecutorService standingTicks = ticks();
  private final ScheduledExecutorService modelTicks = ticks();
  private final ScheduledExecutorService jobTicks = ticks();
  private final ScheduledExecutorService checkpointTicks = ticks();

  /**
   * @param works what each kind of job does
   * @param notices what is told of jobs that have ended
   */
  Background(
      Core core,
      Map<String, JobWork> works,
      List<Schedule> schedules,
      JobNotices notices,
      JobRunner.Settings settings) {
    this.core = core;
    scheduler = new Scheduler(schedules, core.store.jobs(), core.commit::keep, core.clock);
    jobs = new JobRunner(core.store.jobs(), works, notices, settings, core.clock, jobThreads);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /**
   * Begins.
   *
   * @param often what is to be done every second, quickly
   * @param withJobs what is to be done every second and may take as long as a job's beginning
   */
  void start(Runnable often, Runnable withJobs) {
    every(LOG_FOLLOWED_EVERY, quickTicks, core.tail::poll);
    every(LOG_FOLLOWED_EVERY, quickTicks, core.learning::catchUp);
    every(JOBS_LOOKED_AT_EVERY, quickTicks, often);
    every(STANDINGS_RENEWED_EVERY, standingTicks, core.learning::renewStandings);
    every(MODELS_LOOKED_AT_EVERY, modelTicks, core.models::look);
    Duration refreshed = core.config.get().learning().incrementalUpdateInterval();
    every(refreshed, modelTicks, core.models::refresh);
    every(JOBS_LOOKED_AT_EVERY, jobTicks, scheduler::tick);
    every(JOBS_LOOKED_AT_EVERY, jobTicks, jobs::tick);
    core.tail.tell(new JobWaker(jobs, jobTicks), core.tail.position());
    every(JOBS_LOOKED_AT_EVERY, jobTicks, withJobs);
    every(CHECKPOINTS_LOOKED_AT_EVERY, checkpointTicks, core.checkpoints::look);
    every(EXPOSURES_KEPT_EVERY, jobTicks, core.experiments::flush);
    every(EXPOSURES_KEPT_EVERY, jobTicks, core.showing::flush);
  }

  private static ScheduledExecutorService ticks() {
    return Executors.newSingleThreadScheduledExecutor(
        work -> Thread.ofPlatform().name("ticker").daemon().unstarted(work));
  }

  private static void every(Duration pause, ScheduledExecutorService ticks, Runnable work) {
    var _ =
        ticks.scheduleWithFixedDelay(
            work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    checkpointTicks.close();
    jobTicks.close();
    modelTicks.close();
    standingTicks.close();
    quickTicks.close();
    jobs.close();
    // Whoever still works was waited for long enough; what they do is done again after the lease.
    jobThreads.shutdownNow();
  }
}
