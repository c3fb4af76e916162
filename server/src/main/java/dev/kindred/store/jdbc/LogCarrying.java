package dev.kindred.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries SQLite's log over into its file, a little at a time and beside whoever writes.
 *
 * <p>Otherwise SQLite does it within a commit when the log has grown long enough, and that writer,
 * with all behind it, waits until thousands of pages are in their places. It still looks then, and
 * finds next to nothing left.
 */
final class LogCarrying implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogCarrying.class);
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final DataSource source;
  private final Thread thread;
  private volatile boolean isIdle;
  private volatile boolean isWritten;
  private volatile boolean isClosed;

  private LogCarrying(DataSource source) {
    this.source = source;
    this.thread = Thread.ofPlatform().daemon().name("kindred-log-carrying").unstarted(this::run);
  }

  static LogCarrying start(DataSource source) {
    var carrying = new LogCarrying(source);
    carrying.thread.start();
    return carrying;
  }

  /** Says that somebody is about to write. */
  void written() {
    isWritten = true;
    if (isIdle) LockSupport.unpark(thread);
  }

  private void run() {
    while (!isClosed) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        carry(statement);
      } catch (SQLException failure) {
        LOG.warn("the log of the database is not carried over for now", failure);
        sleep();
      }
    }
  }

  /** Carries until closed. Who writes says so first and looks whether this sleeps then. */
  private void carry(Statement statement) throws SQLException {
    while (!isClosed) {
      isIdle = true;
      while (!isWritten && !isClosed) LockSupport.park(this);
      isIdle = false;
      isWritten = false;
      sleep();
      if (!isClosed) statement.execute("pragma wal_checkpoint(passive)");
    }
  }

  private void sleep() {
    if (!isClosed) LockSupport.parkNanos(this, PERIOD.toNanos());
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
