package dev.kindred.store.jdbc;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Notice;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Jobs;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of jobs. */
final class JdbcJobs implements Jobs {

  /** So many are removed in one transaction. */
  private static final int PRUNED_AT_ONCE = 1_000;

  private final Database database;
  private final JdbcTenants tenants;

  JdbcJobs(Database database, JdbcTenants tenants) {
    this.database = database;
    this.tenants = tenants;
  }

  @Override
  public Optional<Job> find(TenantId tenant, String jobId) {
    return new TenantReading(database, tenants, tenant)
        .read(Optional.empty(), (session, number) -> JobRows.find(session, number, jobId));
  }

  @Override
  public List<Job> newest(TenantId tenant, int limit) {
    return new TenantReading(database, tenants, tenant)
        .read(
            List.of(),
            (session, number) ->
                session.list(
                    JobRows.SELECT + " where j.tenant = ? order by j.number desc limit ?",
                    JobRows::read,
                    number,
                    limit));
  }

  @Override
  public Optional<Leased> take(String owner, List<String> kinds, Instant now, Duration lease) {
    if (kinds.isEmpty()) return Optional.empty();
    long at = Micros.of(now);
    return database.write(session -> {
      Optional<Long> number =
          session.first(
              """
              update jobs
              set owner = ?, lease_until = ?, state = 1, attempts = attempts + 1,
                started = coalesce(started, ?)
              where number = (
                select number from jobs
                where state in (0, 1) and (state = 0 or lease_until <= ?) and kind = any(?)
                order by number limit 1 for update skip locked)
              returning number
              """,
              row -> row.getLong(1),
              owner,
              Micros.of(now.plus(lease)),
              at,
              at,
              session.texts(kinds));
      if (number.isEmpty()) return Optional.empty();
      Job job =
          session
              .first(JobRows.SELECT + " where j.number = ?", JobRows::read, number.get())
              .orElseThrow();
      byte[] payload =
          session
              .first(
                  "select coalesce(payload, ?) from jobs where number = ?",
                  row -> row.getBytes(1),
                  new byte[0],
                  number.get())
              .orElseThrow();
      return Optional.of(new Leased(job, payload));
    });
  }

  @Override
  public boolean progress(String owner, String jobId, Progress progress, Instant leaseUntil) {
    return database.write(session ->
        session
            .first(
                """
                update jobs
                set total = ?, processed = ?, successful = ?, failed = ?, problems = ?,
                  lease_until = ?
                where job_id = ? and owner = ? and state = 1
                returning cancel_requested
                """,
                row -> !row.getBoolean(1),
                progress.total(),
                progress.processed(),
                progress.successful(),
                progress.failed(),
                JobRows.bytes(progress.errors()),
                Micros.of(leaseUntil),
                jobId,
                owner)
            .orElse(false));
  }

  @Override
  public void finish(
      String owner,
      String jobId,
      State state,
      Progress progress,
      Instant at,
      Optional<Notice> notice) {
    if (!state.isFinal()) throw new IllegalArgumentException("no job ends as " + state);
    database.write(session -> {
      // The head of the log is locked before anything else, as whoever appends does it.
      Optional<Head> head = notice.isEmpty() ? Optional.empty() : Optional.of(Head.lock(session));
      boolean ended = end(session, owner, jobId, state, progress, at);
      if (ended && head.isPresent()) tell(session, head.get(), jobId, notice.orElseThrow());
      if (ended) JobFence.forget(session);
      return ended;
    });
  }

  private static boolean end(
      Session session, String owner, String jobId, State state, Progress progress, Instant at)
      throws SQLException {
    // What a job needed to know may be about people: it goes when the job is done.
    return session.update(
            """
            update jobs
            set state = ?, finished = ?, total = ?, processed = ?, successful = ?, failed = ?,
              problems = ?, owner = null, lease_until = null, payload = null
            where job_id = ? and owner = ? and state = 1
            """,
            JobRows.code(state),
            Micros.of(at),
            progress.total(),
            progress.processed(),
            progress.successful(),
            progress.failed(),
            JobRows.bytes(progress.errors()),
            jobId,
            owner)
        == 1;
  }

  private static void tell(Session session, Head head, String jobId, Notice notice)
      throws SQLException {
    int tenant = (int) session.number("select tenant from jobs where job_id = ?", jobId);
    if (!WebhookRows.isWanted(session, tenant, notice.topic())) return;
    long position = head.nextPosition();
    session.update(
        "insert into events (position, tenant, subject, kind) values (?, ?, ?, ?)",
        position,
        tenant,
        notice.topic().code(),
        EventKind.NOTICED.code);
    WebhookRows.insert(session, tenant, position, notice);
    head.store(session);
  }

  @Override
  public int prune(Instant endedBefore) {
    int pruned = 0;
    int more;
    do {
      more =
          database.write(session ->
              session.update(
                  """
                  delete from jobs where number in (
                    select number from jobs where finished < ? limit ?)
                  """,
                  Micros.of(endedBefore),
                  PRUNED_AT_ONCE));
      pruned += more;
    } while (more == PRUNED_AT_ONCE);
    database.write(JobFence::forget);
    return pruned;
  }
}
