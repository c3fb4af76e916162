package dev.kindred.store.jdbc;

import static java.util.function.Predicate.not;

import dev.kindred.domain.Change;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.ErasedMeanwhile;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.store.Jobs;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps out what jobs may write no more: what they say of users who were erased since they were
 * started, and everything once they have ended.
 *
 * <p>An erasure and an append both hold the head of the log. So what a job writes either comes
 * before the erasure, which removes it, or after it, and is refused; nothing comes in between.
 */
final class JobFence {

  /** A job that may have been given something about people, and has not ended. */
  private static final String MAY_KNOW_USERS = "state in (0, 1) and length(payload) > 0";

  /** Lets everything pass. */
  private static final JobFence OPEN = new JobFence("", true, Map.of(), Set.of());

  private final String jobId;
  private final boolean isUnderWay;
  private final Map<UserId, String> hashes;
  private final Set<String> erased;

  private JobFence(
      String jobId, boolean isUnderWay, Map<UserId, String> hashes, Set<String> erased) {
    this.jobId = jobId;
    this.isUnderWay = isUnderWay;
    this.hashes = hashes;
    this.erased = erased;
  }

  static JobFence of(Appending appending, Submission submission) throws SQLException {
    if (submission.jobId().isEmpty()) return OPEN;
    String jobId = submission.jobId().get();
    Session session = appending.session();
    var hashes = new HashMap<UserId, String>();
    for (Change change : submission.changes()) {
      Submission.userOf(change).ifPresent(user -> hashes.computeIfAbsent(user, JobFence::hash));
    }
    // One statement, so that a job is not seen to go on whose fence is down since it has ended.
    var found =
        session.list(
            """
            select coalesce(e.user_hash, '') from jobs j
            left join users_erased e
              on e.tenant = j.tenant and e.position > j.number and e.user_hash = any(?)
            where j.job_id = ? and j.state in (0, 1)
            """,
            row -> row.getString(1),
            session.texts(hashes.values()),
            jobId);
    var erased = new HashSet<String>();
    found.stream().filter(not(String::isEmpty)).forEach(erased::add);
    return new JobFence(jobId, !found.isEmpty(), hashes, erased);
  }

  /** Why a change is not made; empty where it may be. */
  Optional<KindredException> refusal(Change change) {
    if (!isUnderWay) return Optional.of(Conflict.jobHasEnded(jobId));
    if (erased.isEmpty()) return Optional.empty();
    return Submission.userOf(change)
        .map(hashes::get)
        .filter(erased::contains)
        .map(_ -> new ErasedMeanwhile());
  }

  /** Whether a job of the tenant might bring users back. */
  static boolean jobsWait(Session session, int tenant) throws SQLException {
    return session
        .first(
            "select 1 from jobs where tenant = ? and " + MAY_KNOW_USERS + " limit 1",
            _ -> true,
            tenant)
        .isPresent();
  }

  /**
   * Sees to it that one more user can be kept out.
   *
   * @throws Unavailable if there are too many already
   */
  static void requireRoom(Session session, int tenant) throws SQLException {
    long count = session.number("select count(*) from users_erased where tenant = ?", tenant);
    if (count < Jobs.ERASED_MAX) return;
    if (forget(session) == 0) {
      throw Unavailable.overloaded(
          "what remembers erased users until all jobs have ended that were started before");
    }
  }

  /** Lets no job bring a user back who is being erased. */
  static void keepOut(Session session, int tenant, UserId user, long position) throws SQLException {
    session.update(
        """
        insert into users_erased (position, tenant, user_hash) values (?, ?, ?)
        on conflict (tenant, user_hash) do update set position = excluded.position
        """,
        position,
        tenant,
        hash(user));
  }

  /** Forgets whom no job can bring back any more; returns how many they were. */
  static int forget(Session session) throws SQLException {
    return session.update(
        """
        delete from users_erased where not exists (
          select 1 from jobs j
          where j.tenant = users_erased.tenant and j.number < users_erased.position and
        """
            + MAY_KNOW_USERS
            + ")");
  }

  private static String hash(UserId user) {
    return Sha256.hexOf(user.value());
  }
}
