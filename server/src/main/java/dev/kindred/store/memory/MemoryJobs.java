package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.kindred.domain.Change;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.ErasedMeanwhile;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.store.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/** The jobs. Every access holds the store's lock. */
final class MemoryJobs implements Jobs {

  /**
   * A job and who works on it.
   *
   * @param position where the log says that it was started
   * @param owner empty as long as nobody has taken it
   */
  private record Row(Job job, long position, byte[] payload, String owner, Instant leaseUntil) {

    /** The same one further on. What it needed to know is gone when it has ended. */
    Row with(Job now) {
      return with(now, owner, leaseUntil);
    }

    Row with(Job now, String newOwner, Instant newLease) {
      byte[] known = now.state().isFinal() ? NOTHING : payload;
      return new Row(now, position, known, newOwner, newLease);
    }

    /** Whether it might bring a user back who is erased at that position. */
    boolean mayBringBack(TenantId tenant, long erasedAt) {
      return job.tenant().equals(tenant) && position < erasedAt && payload.length > 0;
    }

    boolean isFree(Instant now) {
      return switch (job.state()) {
        case QUEUED -> true;
        case RUNNING -> !leaseUntil.isAfter(now);
        case COMPLETED, PARTIALLY_COMPLETED, FAILED, CANCELLED -> false;
      };
    }

    boolean isHeldBy(String who) {
      return job.state() == State.RUNNING && owner.equals(who);
    }
  }

  /** Who was erased, and by the hash of the id since the id itself must be nowhere. */
  private record Erased(TenantId tenant, String userHash) {

    static Erased of(TenantId tenant, UserId user) {
      return new Erased(tenant, Sha256.hexOf(user.value()));
    }
  }

  private static final byte[] NOTHING = {};

  private final Object lock;
  private final Journal journal;

  /** Tells the tenant's webhooks something. */
  private final BiConsumer<TenantId, Notice> tell;

  /** Primary: the jobs by id, in the order of their creation. */
  private final SequencedMap<String, Row> rows = new LinkedHashMap<>();

  /** Where users were erased whom a job that has not ended might bring back. */
  private final Map<Erased, Long> erased = new HashMap<>();

  MemoryJobs(Object lock, Journal journal, BiConsumer<TenantId, Notice> tell) {
    this.lock = lock;
    this.journal = journal;
    this.tell = tell;
  }

  /** Puts a new job into the table; a part of an append. */
  Job start(TenantId tenant, Job.Draft draft, long position, Instant now) {
    return add(fresh(tenant, draft, now), position, draft.payload());
  }

  /** Puts a job into the table that is done; a part of an append. */
  Job record(TenantId tenant, Job said, long position) {
    return add(ofTenant(tenant, said), position, NOTHING);
  }

  private Job add(Job job, long position, byte[] payload) {
    if (rows.containsKey(job.id())) {
      throw new Conflict("there is a job '" + job.id() + "' already");
    }
    journal.put(rows, job.id(), new Row(job, position, payload, "", Instant.EPOCH));
    return job;
  }

  /** Asks a job to stop; a part of an append. */
  Job cancel(TenantId tenant, String jobId, Instant at) {
    Row row = rows.get(jobId);
    if (row == null || !row.job().tenant().equals(tenant)) throw NotFound.of("job", jobId);
    Job job = row.job();
    if (job.state().isFinal()) {
      throw new Conflict("job '" + jobId + "' has ended already: " + job.state().word());
    }
    Job asked =
        job.state() == State.QUEUED
            ? moved(
                job, State.CANCELLED, progressOf(job), true, Optional.of(at.truncatedTo(MICROS)))
            : moved(job, State.RUNNING, progressOf(job), true, Optional.empty());
    journal.put(rows, jobId, row.with(asked));
    return asked;
  }

  /**
   * Lets no job that was started before bring a user back; a part of an append.
   *
   * @throws Unavailable if too many are kept out already
   */
  void keepOut(TenantId tenant, UserId user, long position) {
    if (!isNeeded(tenant, position)) return;
    forgetErased();
    long count = erased.keySet().stream().filter(one -> one.tenant().equals(tenant)).count();
    if (count >= ERASED_MAX) {
      throw Unavailable.overloaded(
          "what remembers erased users until all jobs have ended that were started before");
    }
    journal.put(erased, Erased.of(tenant, user), position);
  }

  /** Why what a job says is not kept; empty where it may be. */
  Optional<KindredException> refusal(TenantId tenant, String jobId, Change change) {
    Row row = rows.get(jobId);
    if (row == null || row.job().state().isFinal()) {
      return Optional.of(Conflict.jobHasEnded(jobId));
    }
    return Submission.userOf(change)
        .map(user -> erased.get(Erased.of(tenant, user)))
        .filter(position -> position > row.position())
        .map(_ -> new ErasedMeanwhile());
  }

  private boolean isNeeded(TenantId tenant, long position) {
    return rows.values().stream().anyMatch(row -> row.mayBringBack(tenant, position));
  }

  private void forgetErased() {
    erased.entrySet().removeIf(one -> !isNeeded(one.getKey().tenant(), one.getValue()));
  }

  @Override
  public Optional<Job> find(TenantId tenant, String jobId) {
    synchronized (lock) {
      return Optional.ofNullable(rows.get(jobId))
          .map(Row::job)
          .filter(job -> job.tenant().equals(tenant));
    }
  }

  @Override
  public List<Job> newest(TenantId tenant, int limit) {
    synchronized (lock) {
      return rows.sequencedValues().reversed().stream()
          .map(Row::job)
          .filter(job -> job.tenant().equals(tenant))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Optional<Leased> take(String owner, List<String> kinds, Instant now, Duration lease) {
    synchronized (lock) {
      Optional<Row> oldest =
          rows.values().stream()
              .filter(row -> kinds.contains(row.job().kind()) && row.isFree(now))
              .findFirst();
      return oldest.map(row -> {
        Job taken = taken(row.job(), now);
        rows.put(taken.id(), row.with(taken, owner, now.plus(lease)));
        return new Leased(taken, row.payload());
      });
    }
  }

  @Override
  public boolean progress(String owner, String jobId, Progress progress, Instant leaseUntil) {
    synchronized (lock) {
      Row row = rows.get(jobId);
      if (row == null || !row.isHeldBy(owner)) return false;
      boolean asked = row.job().cancelRequested();
      Job further = moved(row.job(), State.RUNNING, progress, asked, Optional.empty());
      rows.put(jobId, row.with(further, owner, leaseUntil));
      return !asked;
    }
  }

  @Override
  public void finish(
      String owner,
      String jobId,
      State state,
      Progress progress,
      Instant at,
      Optional<Notice> notice) {
    synchronized (lock) {
      Row row = rows.get(jobId);
      if (row == null || !row.isHeldBy(owner)) return;
      boolean asked = row.job().cancelRequested();
      Job ended = moved(row.job(), state, progress, asked, Optional.of(at.truncatedTo(MICROS)));
      rows.put(jobId, row.with(ended));
      forgetErased();
      notice.ifPresent(told -> tell.accept(row.job().tenant(), told));
    }
  }

  @Override
  public int prune(Instant endedBefore) {
    synchronized (lock) {
      int before = rows.size();
      rows.values()
          .removeIf(
              row -> row.job().finishedAt().map(end -> end.isBefore(endedBefore)).orElse(false));
      return before - rows.size();
    }
  }

  private static Job fresh(TenantId tenant, Job.Draft draft, Instant now) {
    return new Job(
        draft.id(),
        tenant,
        draft.kind(),
        State.QUEUED,
        0,
        0,
        0,
        0,
        List.of(),
        0,
        false,
        now,
        Optional.empty(),
        Optional.empty());
  }

  private static Job ofTenant(TenantId tenant, Job said) {
    return new Job(
        said.id(),
        tenant,
        said.kind(),
        said.state(),
        said.total(),
        said.processed(),
        said.successful(),
        said.failed(),
        said.errors(),
        said.attempts(),
        said.cancelRequested(),
        said.createdAt().truncatedTo(MICROS),
        said.startedAt().map(at -> at.truncatedTo(MICROS)),
        said.finishedAt().map(at -> at.truncatedTo(MICROS)));
  }

  private static Job taken(Job job, Instant now) {
    return new Job(
        job.id(),
        job.tenant(),
        job.kind(),
        State.RUNNING,
        job.total(),
        job.processed(),
        job.successful(),
        job.failed(),
        job.errors(),
        job.attempts() + 1,
        job.cancelRequested(),
        job.createdAt(),
        job.startedAt().or(() -> Optional.of(now.truncatedTo(MICROS))),
        Optional.empty());
  }

  private static Job moved(
      Job job, State state, Progress progress, boolean cancelRequested, Optional<Instant> end) {
    return new Job(
        job.id(),
        job.tenant(),
        job.kind(),
        state,
        progress.total(),
        progress.processed(),
        progress.successful(),
        progress.failed(),
        progress.errors(),
        job.attempts(),
        cancelRequested,
        job.createdAt(),
        job.startedAt(),
        end);
  }

  private static Progress progressOf(Job job) {
    return new Progress(job.total(), job.processed(), job.successful(), job.failed(), job.errors());
  }
}
