package dev.kindred.store.jdbc;

import dev.kindred.domain.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries database work again where the failure is one that passes, and only there. The waits double
 * and are drawn at random, so that replicas that failed together do not come back together.
 */
final class Retry {

  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

  static final int TRIES_MAX = 5;
  private static final Duration FIRST_WAIT = Duration.ofMillis(25);

  /** What is tried; the number of the try counts from 0. */
  interface Attempt<T> {
    T run(int tries) throws SQLException;
  }

  /** How to pass time. */
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  private final Dialect dialect;
  private final RandomGenerator random;
  private final Sleeper sleeper;

  Retry(Dialect dialect, RandomGenerator random, Sleeper sleeper) {
    this.dialect = dialect;
    this.random = random;
    this.sleeper = sleeper;
  }

  <T> T run(Attempt<T> attempt) {
    for (int tries = 0; ; tries++) {
      try {
        return attempt.run(tries);
      } catch (SQLTransientConnectionException e) {
        // No connection became free in the time that the pool waits: waiting more is no help.
        throw unavailable(e);
      } catch (SQLException e) {
        if (dialect.isOutage(e)) throw unavailable(e);
        if (!dialect.isTransient(e)) throw new DatabaseFailure(e);
        if (tries + 1 == TRIES_MAX || !waited(tries)) throw unavailable(e);
      }
    }
  }

  /** Returns whether to go on: not when this thread is asked to end. */
  private boolean waited(int tries) {
    long longest = FIRST_WAIT.toNanos() << tries;
    try {
      sleeper.sleep(Duration.ofNanos(longest / 2 + random.nextLong(longest / 2)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Unavailable unavailable(SQLException cause) {
    LOG.atWarn()
        .addKeyValue("sql_state", cause.getSQLState())
        .addKeyValue("reason", cause.getClass().getSimpleName())
        .log("the database is out of reach");
    return Unavailable.database();
  }
}
