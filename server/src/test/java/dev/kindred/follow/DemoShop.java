package dev.kindred.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.TestServices;
import dev.kindred.store.jdbc.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A shop of the reference shape in a real PostgreSQL database of its own, dropped when closed. */
public final class DemoShop implements AutoCloseable {

  private static final String SERVER = TestServices.databaseUrl();
  private static final DatabaseUrl.Postgresql PARTS =
      (DatabaseUrl.Postgresql) DatabaseUrl.parse(SERVER);

  private final String name = "shop_" + UUID.randomUUID().toString().replace("-", "");

  private DemoShop() {}

  /** A database with nothing in it. */
  public static DemoShop blank() throws SQLException {
    var shop = new DemoShop();
    try (Connection server = toServer();
        Statement statement = server.createStatement()) {
      statement.execute("create database " + shop.name);
    }
    return shop;
  }

  /** Made and empty. */
  public static DemoShop empty() throws SQLException, IOException {
    DemoShop shop = blank();
    try (InputStream sql =
        Objects.requireNonNull(DemoShop.class.getResourceAsStream("/shop/shop.sql"))) {
      shop.run(new String(sql.readAllBytes(), UTF_8));
    }
    return shop;
  }

  /** To the database that is always there. */
  static Connection toServer() throws SQLException {
    return DriverManager.getConnection(
        PARTS.forDriver(), PARTS.user().orElse(""), PARTS.password().orElse(""));
  }

  /** Filled with so much of everything. */
  public static DemoShop filled(int presents, int privately, int users, int likes, int clicks)
      throws SQLException, IOException {
    DemoShop shop = empty();
    shop.run(
        "select shop_fill(%d, %d, %d, %d, %d)"
            .formatted(presents, privately, users, likes, clicks));
    return shop;
  }

  /** As {@code MAIN_DATABASE_URL} wants it. */
  public String url() {
    return SERVER.substring(0, SERVER.lastIndexOf('/') + 1) + name;
  }

  /** The same for a role of its own. */
  public String urlOf(String user, String password) {
    String rest = url().substring(url().indexOf("//") + 2);
    return "postgresql://" + user + ":" + password + "@" + rest.substring(rest.indexOf('@') + 1);
  }

  DataSource connections() {
    var source = new PGSimpleDataSource();
    var parts = (DatabaseUrl.Postgresql) DatabaseUrl.parse(url());
    source.setUrl(parts.forDriver());
    parts.user().ifPresent(source::setUser);
    parts.password().ifPresent(source::setPassword);
    return source;
  }

  public Connection connect() throws SQLException {
    return connections().getConnection();
  }

  /** Lets nobody in, or everybody again. */
  public void open(boolean isOpen) throws SQLException {
    try (Connection server = toServer();
        Statement statement = server.createStatement()) {
      statement.execute("alter database " + name + " with allow_connections " + isOpen);
      if (!isOpen) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + name
                + "'");
      }
    }
  }

  /** Runs SQL in a transaction of its own. */
  public void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection server = toServer();
        Statement statement = server.createStatement()) {
      statement.execute("drop database " + name + " with (force)");
    }
  }
}
