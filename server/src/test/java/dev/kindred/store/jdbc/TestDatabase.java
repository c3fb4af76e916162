package dev.kindred.store.jdbc;

import dev.kindred.TestServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A database of a test's own, gone when it is closed. */
public interface TestDatabase extends AutoCloseable {

  AtomicInteger COUNT = new AtomicInteger();

  JdbcSettings settings();

  @Override
  void close();

  /** Opens the store in it, as one replica would. */
  default JdbcStore open(Clock clock) {
    return JdbcStore.open(settings(), clock, new SplittableRandom());
  }

  /** A connection past the store. */
  default Connection connect() throws SQLException {
    return switch (settings().url()) {
      case DatabaseUrl.Sqlite sqlite -> DriverManager.getConnection("jdbc:sqlite:" + sqlite.file());
      case DatabaseUrl.Postgresql server ->
          DriverManager.getConnection(
              server.forDriver(), server.user().orElse(""), server.password().orElse(""));
    };
  }

  default void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  static TestDatabase sqlite() {
    try {
      Path folder = Files.createTempDirectory("kindred-test");
      JdbcSettings settings = JdbcSettings.of("sqlite:" + folder.resolve("kindred.db"));
      return new TestDatabase() {
        @Override
        public JdbcSettings settings() {
          return settings;
        }

        @Override
        public void close() {
          try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Needs {@link TestServices#databaseUrl}. */
  static Postgres postgresql() {
    return Postgres.make();
  }

  /** Either kind of database. */
  enum Kind {
    SQLITE,
    POSTGRESQL;

    TestDatabase make() {
      return this == SQLITE ? sqlite() : postgresql();
    }
  }

  /** On the server that the tests were given, with little of it for each. */
  record Postgres(JdbcSettings settings, String name) implements TestDatabase {

    /** For {@code DATABASE_URL}. */
    public String url() {
      String server = TestServices.databaseUrl();
      return server.substring(0, server.lastIndexOf('/') + 1) + name;
    }

    private static Postgres make() {
      String server = TestServices.databaseUrl();
      String name =
          "kindred_test_%d_%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
      onServer("create database " + name);
      String url = server.substring(0, server.lastIndexOf('/') + 1) + name;
      var few =
          new JdbcSettings.Pool(
              4, 1, Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(600));
      return new Postgres(JdbcSettings.of(url).withPool(few), name);
    }

    /** Empties the tables, which is quicker than making them. */
    void empty() {
      var tables = new ArrayList<String>();
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  """
                  select relname from pg_stat_user_tables
                  where relname not in ('schema_history', 'log_head')
                  """)) {
        while (rows.next()) tables.add(rows.getString(1));
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
      if (tables.isEmpty()) return;
      execute(
          "truncate " + String.join(", ", tables),
          "update log_head set position = 0, tenants = 0, users = 0, entities = 0");
    }

    @Override
    public void close() {
      onServer("drop database if exists " + name + " with (force)");
    }

    private static void onServer(String sql) {
      var server = (DatabaseUrl.Postgresql) DatabaseUrl.parse(TestServices.databaseUrl());
      try (Connection connection =
              DriverManager.getConnection(
                  server.forDriver(), server.user().orElse(""), server.password().orElse(""));
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
