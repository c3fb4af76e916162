package dev.kindred.store.jdbc;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as rows. */
final class JobRows {

  static final short QUEUED = 0;
  static final short RUNNING = 1;

  /** Selects what {@link #read} reads. */
  static final String SELECT =
      """
      select j.job_id, t.tenant_id, j.kind, j.state, j.total, j.processed, j.successful, j.failed,
        j.problems, j.attempts, j.cancel_requested, j.created, j.started, j.finished
      from jobs j join tenants t on t.tenant = j.tenant
      """;

  private JobRows() {}

  static Job read(ResultSet row) throws SQLException {
    return new Job(
        row.getString(1),
        new TenantId(row.getString(2)),
        row.getString(3),
        state(row.getShort(4)),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        problems(row.getBytes(9)),
        row.getInt(10),
        row.getBoolean(11),
        Micros.toInstant(row.getLong(12)),
        instant(row, 13),
        instant(row, 14));
  }

  static Optional<Job> find(Session session, int tenant, String jobId) throws SQLException {
    return session.first(
        SELECT + " where j.tenant = ? and j.job_id = ?", JobRows::read, tenant, jobId);
  }

  static void insert(Session session, int tenant, long number, Job job, byte @Nullable [] payload)
      throws SQLException {
    session.update(
        """
        insert into jobs (number, created, started, finished, total, processed, successful, failed,
          tenant, attempts, state, cancel_requested, job_id, kind, problems, payload)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        number,
        Micros.of(job.createdAt()),
        Micros.orNull(job.startedAt()),
        Micros.orNull(job.finishedAt()),
        job.total(),
        job.processed(),
        job.successful(),
        job.failed(),
        tenant,
        job.attempts(),
        code(job.state()),
        job.cancelRequested(),
        job.id(),
        job.kind(),
        bytes(job.errors()),
        payload);
  }

  /** Stored; never changes. */
  static short code(State state) {
    return switch (state) {
      case QUEUED -> QUEUED;
      case RUNNING -> RUNNING;
      case COMPLETED -> 2;
      case PARTIALLY_COMPLETED -> 3;
      case FAILED -> 4;
      case CANCELLED -> 5;
    };
  }

  private static State state(short code) {
    for (State state : State.values()) if (code(state) == code) return state;
    throw new IllegalStateException("a stored job is in unknown state " + code);
  }

  static byte @Nullable [] bytes(List<Problem> problems) {
    if (problems.isEmpty()) return null;
    var bytes = new ByteArrayOutputStream();
    try (var to = new DataOutputStream(bytes)) {
      to.writeInt(problems.size());
      for (Problem problem : problems) {
        to.writeLong(problem.index());
        to.writeUTF(problem.entityId());
        to.writeUTF(problem.entityType());
        to.writeUTF(problem.error());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<Problem> problems(byte @Nullable [] bytes) {
    if (bytes == null) return List.of();
    try (var from = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = from.readInt();
      var problems = new ArrayList<Problem>(count);
      for (int i = 0; i < count; i++) {
        problems.add(new Problem(from.readLong(), from.readUTF(), from.readUTF(), from.readUTF()));
      }
      return problems;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }
}
