package dev.kindred.store;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Notice;
import dev.kindred.domain.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of jobs. Each runs on one replica at a time: whoever holds its lease. They are created
 * through the log and worked on here.
 */
public interface Jobs {

  /**
   * So many users of a tenant can be erased while a job of the tenant has not ended that may be
   * about them. The next erasure is refused until it has.
   */
  int ERASED_MAX = 10_000;

  Optional<Job> find(TenantId tenant, String jobId);

  /** The newest jobs of a tenant first. */
  List<Job> newest(TenantId tenant, int limit);

  /**
   * Takes the oldest job of one of these kinds that nobody is working on, if there is one: queued,
   * or left by a replica whose lease ran out.
   *
   * @param owner this replica
   */
  Optional<Leased> take(String owner, List<String> kinds, Instant now, Duration lease);

  /**
   * Says how far a job is and keeps its lease. A lease until now hands the job back.
   *
   * @return whether to go on: false when it was asked to stop or another replica has taken it
   */
  boolean progress(String owner, String jobId, Progress progress, Instant leaseUntil);

  /** Ends a job, if this replica still holds it. */
  default void finish(String owner, String jobId, State state, Progress progress, Instant at) {
    finish(owner, jobId, state, progress, at, Optional.empty());
  }

  /**
   * Ends a job, if this replica still holds it.
   *
   * @param notice what the tenant's webhooks are told of it, in the same transaction
   */
  void finish(
      String owner,
      String jobId,
      State state,
      Progress progress,
      Instant at,
      Optional<Notice> notice);

  /** Removes jobs that ended before then; returns how many. */
  int prune(Instant endedBefore);

  /** A job in hand. */
  record Leased(Job job, byte[] payload) {}

  /** How far a job is. */
  record Progress(long total, long processed, long successful, long failed, List<Problem> errors) {}
}
