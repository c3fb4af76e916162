package dev.kindred.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kindred.domain.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** Sets up the connections to a database, and waits for one that is not up yet. */
final class Connecting {

  private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);

  private static final int SQLITE_READERS_MAX = 4;
  private static final int SQLITE_BUSY_MILLIS = 10_000;

  /** Pages of 4 KiB after which the log of SQLite is carried over into its file. */
  private static final int SQLITE_CHECKPOINT_PAGES = 16_000;

  private static final int SQLITE_LOG_BYTES_KEPT = 64 << 20;
  private static final int SQLITE_WRITER_CACHE_KIB = 32 << 10;

  /**
   * An index that is larger is read and written in pieces: here the one by user of three millions.
   */
  private static final int SQLITE_BULK_CACHE_KIB = 128 << 10;

  private static final int SQLITE_READER_CACHE_KIB = 4 << 10;

  private static final Duration LONGEST_WAIT_BETWEEN_TRIES = Duration.ofSeconds(2);

  private Connecting() {}

  static Database to(JdbcSettings settings, RandomGenerator random) {
    return switch (settings.url()) {
      case DatabaseUrl.Sqlite sqlite -> sqlite(sqlite.file(), settings, random);
      case DatabaseUrl.Postgresql server -> postgresql(server, settings, random);
    };
  }

  /** Returns once the database answers; throws {@link Unavailable} when it does not in time. */
  static void await(Database database, JdbcSettings settings, InstantSource clock) {
    var deadline = clock.instant().plus(settings.patience().start());
    for (Duration wait = Duration.ofMillis(100); ; wait = doubled(wait)) {
      try {
        database.read(session -> session.number("select 1"));
        return;
      } catch (Unavailable e) {
        if (clock.instant().isAfter(deadline)) throw e;
        LOG.atInfo()
            .addKeyValue("database", settings.url())
            .addKeyValue("next_try_ms", wait.toMillis())
            .log("waiting for the database");
        try {
          Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  private static Duration doubled(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT_BETWEEN_TRIES) < 0 ? doubled : LONGEST_WAIT_BETWEEN_TRIES;
  }

  private static Database sqlite(Path file, JdbcSettings settings, RandomGenerator random) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder of " + file, e);
    }
    var dialect = new SqliteDialect();
    SQLiteDataSource others =
        sqliteSource(file, SQLITE_READER_CACHE_KIB, TransactionMode.DEFERRED, SynchronousMode.FULL);
    Optional<LogOnDisk> onDisk = LogOnDisk.of(file, others);
    // Where we force the log ourselves, a commit need not; otherwise it is on the disk when it
    // returns.
    SynchronousMode commits = onDisk.isPresent() ? SynchronousMode.NORMAL : SynchronousMode.FULL;
    int cacheKib =
        switch (settings.work()) {
          case SERVING -> SQLITE_WRITER_CACHE_KIB;
          case BULK -> SQLITE_BULK_CACHE_KIB;
        };
    // The writer comes first: it makes the file what the readers expect.
    HikariConfig writing = pool("kindred-writer", settings.pool());
    writing.setDataSource(sqliteSource(file, cacheKib, TransactionMode.IMMEDIATE, commits));
    writing.setMaximumPoolSize(1);
    writing.setMinimumIdle(1);
    writing.setConnectionTimeout(SQLITE_BUSY_MILLIS);
    var writer = new HikariDataSource(writing);
    HikariConfig reading = pool("kindred-readers", settings.pool());
    reading.setDataSource(others);
    reading.setMaximumPoolSize(Math.min(SQLITE_READERS_MAX, settings.pool().connectionsMax() - 1));
    reading.setMinimumIdle(1);
    var readers = new HikariDataSource(reading);
    var carrying = LogCarrying.start(others);
    return new Database(
        dialect,
        readers,
        writer,
        new Retry(dialect, random, Thread::sleep),
        carrying,
        onDisk.orElse(null));
  }

  private static SQLiteDataSource sqliteSource(
      Path file, int cacheKib, TransactionMode mode, SynchronousMode commits) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(commits);
    config.setBusyTimeout(SQLITE_BUSY_MILLIS);
    config.setTransactionMode(mode);
    config.setCacheSize(-cacheKib);
    config.setJournalSizeLimit(SQLITE_LOG_BYTES_KEPT);
    config.setPragma(
        SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(SQLITE_CHECKPOINT_PAGES));
    // What is deleted is overwritten: an erased user must not be legible in the file.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static Database postgresql(
      DatabaseUrl.Postgresql server, JdbcSettings settings, RandomGenerator random) {
    var dialect = new PostgresDialect();
    HikariConfig config = pool("kindred", settings.pool());
    config.setJdbcUrl(server.forDriver());
    server.user().ifPresent(config::setUsername);
    server.password().ifPresent(config::setPassword);
    config.addDataSourceProperty("ApplicationName", "kindred");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty(
        "connectTimeout",
        String.valueOf(Math.max(1, settings.pool().acquireTimeout().toSeconds())));
    // Longer than any statement may take: it is for a server that has gone without a word.
    config.addDataSourceProperty(
        "socketTimeout", String.valueOf(settings.patience().statement().toSeconds() * 2));
    // A replica that stalls in a transaction holds up all others: the server ends it.
    config.setConnectionInitSql(
        """
        set statement_timeout = %1$d; set idle_in_transaction_session_timeout = %1$d;
        set synchronous_commit = on; set timezone = 'UTC'
        """
            .formatted(settings.patience().statement().toMillis()));
    var connections = new HikariDataSource(config);
    return new Database(
        dialect, connections, connections, new Retry(dialect, random, Thread::sleep), null, null);
  }

  private static HikariConfig pool(String name, JdbcSettings.Pool pool) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(pool.connectionsMax());
    config.setMinimumIdle(pool.connectionsMin());
    config.setConnectionTimeout(pool.acquireTimeout().toMillis());
    config.setIdleTimeout(pool.idleTimeout().toMillis());
    config.setMaxLifetime(pool.lifetimeMax().toMillis());
    // The pool starts without a connection; await() decides how long to try.
    config.setInitializationFailTimeout(-1);
    return config;
  }
}
