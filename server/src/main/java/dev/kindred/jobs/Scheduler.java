package dev.kindred.jobs;

import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Jobs;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts scheduled jobs into the table when they are due; a {@link JobRunner} works on them. Every
 * replica has one, and the first to come puts a job in. A slot in which no replica was up is left
 * out, and so is one in which the job before it has not ended.
 *
 * <p>Somebody calls {@link #tick} every second or two, always from one thread at a time.
 */
public final class Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** A scheduled job that has not ended is among the newest of its tenant. */
  private static final int NEWEST = 50;

  private final List<Schedule> schedules;
  private final Jobs jobs;
  private final Function<Submission, Receipt> keep;
  private final Clock clock;

  /** The slot that was seen to last, by kind and tenant. */
  private final Map<String, Instant> seenTo = new HashMap<>();

  private boolean isFailing;

  /**
   * @param keep has a submission kept, as {@code GroupCommit} does
   */
  public Scheduler(
      List<Schedule> schedules, Jobs jobs, Function<Submission, Receipt> keep, Clock clock) {
    this.schedules = List.copyOf(schedules);
    this.jobs = jobs;
    this.keep = keep;
    this.clock = clock;
  }

  /** Starts what is due. Never throws: what fails now is tried at the next tick. */
  public void tick() {
    try {
      Instant now = clock.instant();
      for (Schedule schedule : schedules) {
        for (TenantId tenant : schedule.tenants().get()) seeTo(schedule, tenant, now);
      }
      isFailing = false;
    } catch (RuntimeException failure) {
      if (!isFailing) LOG.warn("cannot start scheduled jobs", failure);
      isFailing = true;
    }
  }

  /** Starts a scheduled kind of job now, apart from its slots: for people who cannot wait. */
  public Outcome start(String kind, TenantId tenant) {
    String jobId = kind + "-" + tenant + "-by-hand-" + clock.millis();
    return keep.apply(Submission.of(tenant, starting(jobId, kind))).outcomes().getFirst();
  }

  private void seeTo(Schedule schedule, TenantId tenant, Instant now) {
    String name = schedule.kind() + " " + tenant;
    Instant slot = schedule.slotOf(tenant, now);
    if (slot.equals(seenTo.get(name))) return;
    String jobId = schedule.jobId(tenant, slot);
    boolean isStarted = jobs.find(tenant, jobId).isPresent();
    if (!isStarted && !isUnderWay(tenant, schedule.kind())) {
      // Where another replica was quicker, this is refused, which is as good.
      var _ = keep.apply(Submission.of(tenant, starting(jobId, schedule.kind())));
    }
    seenTo.put(name, slot);
  }

  private boolean isUnderWay(TenantId tenant, String kind) {
    return jobs.newest(tenant, NEWEST).stream()
        .anyMatch(job -> job.kind().equals(kind) && !job.state().isFinal());
  }

  private static Change starting(String jobId, String kind) {
    return new Change.StartJob(new Job.Draft(jobId, kind, new byte[0]));
  }
}
