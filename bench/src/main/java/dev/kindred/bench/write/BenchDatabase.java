package dev.kindred.bench.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL database: one of its own beside the one that {@code TEST_DATABASE_URL} names, gone
 * when closed, or one that is there already and stays.
 */
public final class BenchDatabase implements AutoCloseable {

  private static final Pattern TRANSACTIONS = Pattern.compile("tps = ([0-9.]+)");

  private final URI server;
  private final String name;
  private final boolean stays;

  private BenchDatabase(URI server, String name, boolean stays) {
    this.server = server;
    this.name = name;
    this.stays = stays;
  }

  /** The database at an address. */
  public static BenchDatabase at(String url) {
    URI server = URI.create(url);
    return new BenchDatabase(server, server.getPath().substring(1), true);
  }

  public static BenchDatabase create(String name) throws SQLException {
    String url = System.getenv("TEST_DATABASE_URL");
    if (url == null) throw new IllegalStateException("start this by ./kindred bench");
    var database = new BenchDatabase(URI.create(url), name, false);
    database.onServer("drop database if exists " + name + " with (force)");
    database.onServer("create database " + name);
    return database;
  }

  /** For {@code DATABASE_URL}. */
  public String url() {
    return "postgresql://" + server.getRawAuthority() + "/" + name;
  }

  public Connection connect() throws SQLException {
    return connect(name);
  }

  private Connection connect(String database) throws SQLException {
    String[] user =
        (server.getUserInfo() == null ? "postgres" : server.getUserInfo()).split(":", 2);
    String url =
        "jdbc:postgresql://%s:%d/%s".formatted(server.getHost(), server.getPort(), database);
    return DriverManager.getConnection(url, user[0], user.length > 1 ? user[1] : "");
  }

  public void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void onServer(String sql) throws SQLException {
    try (Connection connection = connect(server.getPath().substring(1));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a script of pgbench with 64 clients; returns its transactions per second. */
  double pgbench(String script, long seconds) throws IOException, InterruptedException {
    Path file = Files.createTempFile("kindred-pgbench", ".sql");
    try {
      Files.writeString(file, script);
      String folder = System.getenv("TEST_PG_BIN");
      String program = folder == null ? "pgbench" : Path.of(folder, "pgbench").toString();
      String options = "-n -M prepared -c 64 -j 2 -T " + seconds;
      var command = new java.util.ArrayList<String>();
      command.add(program);
      command.addAll(List.of(options.split(" ")));
      command.addAll(List.of("-f", file.toString(), url()));
      Process pgbench = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(pgbench.getInputStream().readAllBytes(), UTF_8);
      Matcher found = TRANSACTIONS.matcher(output);
      if (pgbench.waitFor() != 0 || !found.find())
        throw new IOException("pgbench failed: " + output);
      return Double.parseDouble(found.group(1));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws SQLException {
    if (!stays) onServer("drop database if exists " + name + " with (force)");
  }
}
