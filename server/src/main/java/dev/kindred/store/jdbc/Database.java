package dev.kindred.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.kindred.store.Store.PoolStats;
import dev.kindred.trace.Tracing;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one database, and what to do when one fails. Safe for any number of threads.
 */
final class Database implements AutoCloseable {

  /** Something to be done with a connection. */
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  private final Dialect dialect;
  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final Retry retry;
  private volatile Tracing tracing = Tracing.OFF;

  /** Null where the database sees to its log itself. */
  private final @Nullable LogCarrying carrying;

  /** Null where a commit returns when it is durable. */
  private final @Nullable LogOnDisk onDisk;

  /** The two pools may be one and the same. */
  Database(
      Dialect dialect,
      HikariDataSource readers,
      HikariDataSource writers,
      Retry retry,
      @Nullable LogCarrying carrying,
      @Nullable LogOnDisk onDisk) {
    this.dialect = dialect;
    this.readers = readers;
    this.writers = writers;
    this.retry = retry;
    this.carrying = carrying;
    this.onDisk = onDisk;
  }

  Dialect dialect() {
    return dialect;
  }

  Retry retry() {
    return retry;
  }

  /** Tells from now on where the time goes. */
  void trace(Tracing newTracing) {
    tracing = newTracing;
  }

  /** Reads: each statement sees the state of one moment, a second one that of a later moment. */
  <T> T read(Work<T> work) {
    return retry.run(tries -> {
      try (var _ = tracing.call("database read");
          Connection connection = readers.getConnection()) {
        return work.in(new Session(connection, dialect));
      }
    });
  }

  /** Writes in a transaction; the work may be done more than once, of which one try counts. */
  <T> T write(Work<T> work) {
    return retry.run(tries -> {
      try (var _ = tracing.call("database write");
          Connection connection = writing()) {
        var session = new Session(connection, dialect);
        T result = inTransaction(session, work);
        session.commit();
        settle();
        return result;
      }
    });
  }

  /** Returns when everything that was committed is durable. */
  void settle() {
    if (onDisk != null) onDisk.force();
  }

  /** Whether a commit returns before it is durable, so that {@link #settle} has to be called. */
  boolean commitsAhead() {
    return onDisk != null;
  }

  /**
   * A connection on which a transaction is about to begin. Whoever takes it ends that, and settles
   * it before anybody is told.
   */
  Connection writing() throws SQLException {
    if (onDisk != null) onDisk.requireSound();
    if (carrying != null) carrying.written();
    Connection connection = writers.getConnection();
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Does the work and leaves the commit to the caller; where it fails, nothing of it is left. */
  <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
    return inTransaction(new Session(connection, dialect), work);
  }

  /** The same, in a session. */
  <T> T inTransaction(Session session, Work<T> work) throws SQLException {
    Connection connection = session.connection();
    try {
      return work.in(session);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }

  PoolStats pool() {
    PoolStats stats = stats(readers);
    if (readers.equals(writers)) return stats;
    PoolStats more = stats(writers);
    return new PoolStats(
        stats.idle() + more.idle(),
        stats.active() + more.active(),
        stats.max() + more.max(),
        stats.waiting() + more.waiting());
  }

  private static PoolStats stats(HikariDataSource pool) {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    return new PoolStats(
        bean.getIdleConnections(),
        bean.getActiveConnections(),
        pool.getMaximumPoolSize(),
        bean.getThreadsAwaitingConnection());
  }

  @Override
  public void close() {
    if (carrying != null) carrying.close();
    readers.close();
    writers.close();
  }
}
