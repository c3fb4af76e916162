package dev.kindred.testing;

import dev.kindred.TestServices;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL database of a test's own, gone when it is closed. */
public final class OwnPostgres implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name =
      "kindred_own_%d_%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());

  public OwnPostgres() {
    onServer("create database " + name);
  }

  /** Where it is, as {@code DATABASE_URL} says it. */
  public String url() {
    String server = TestServices.databaseUrl();
    return server.substring(0, server.lastIndexOf('/') + 1) + name;
  }

  @Override
  public void close() {
    onServer("drop database if exists " + name + " with (force)");
  }

  private static void onServer(String sql) {
    URI server = URI.create(TestServices.databaseUrl());
    String[] user = server.getUserInfo().split(":", 2);
    String url =
        "jdbc:postgresql://" + server.getHost() + ":" + server.getPort() + server.getPath();
    try (Connection connection =
            DriverManager.getConnection(url, user[0], user.length > 1 ? user[1] : "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
