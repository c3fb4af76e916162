package dev.kindred.follow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A shop's own database. It is only ever read: every transaction is opened READ ONLY, whatever the
 * role may do, and rows come through a cursor, a few thousand at a time. Safe for any number of
 * threads.
 */
public final class MainDatabase {

  private static final int ROWS_AT_ONCE = 2_000;

  /** Takes a row. */
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  /** Something to be done with a connection. */
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private final DataSource connections;

  public MainDatabase(DataSource connections) {
    this.connections = connections;
  }

  /** Reads in a transaction of its own that sees one moment. */
  <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local timezone = 'UTC'");
      }
      try {
        return work.in(connection);
      } finally {
        connection.rollback();
      }
    }
  }

  /** Streams the rows of a query; with an argument where it has a place for one. */
  static void stream(Connection connection, String sql, RowConsumer reader, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      for (int i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) reader.accept(rows);
      }
    }
  }

  /** A sign of life. */
  void check() throws SQLException {
    read(connection -> {
      stream(connection, "select 1", row -> {});
      return true;
    });
  }
}
