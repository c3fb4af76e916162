package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection in hand, for one piece of work on one thread.
 *
 * <p>Statements are written in PostgreSQL's words; the dialect rewrites the few that SQLite spells
 * otherwise. Arguments may be numbers, texts, bytes, JSON objects, null, and what {@link #texts}
 * and {@link #numbers} make.
 */
final class Session {

  /** Reads one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes one row. */
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Dialect dialect;

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Connection connection() {
    return connection;
  }

  Dialect dialect() {
    return dialect;
  }

  void each(String sql, RowConsumer reader, @Nullable Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) reader.accept(rows);
    }
  }

  <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    var list = new ArrayList<T>();
    each(sql, row -> list.add(reader.read(row)), arguments);
    return list;
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    }
  }

  /** For a query that answers with exactly one number. */
  long number(String sql, @Nullable Object... arguments) throws SQLException {
    return first(sql, row -> row.getLong(1), arguments).orElseThrow();
  }

  /** Returns how many rows it touched. */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  void insert(Rows rows) throws SQLException {
    if (!rows.isEmpty()) dialect.insert(this, rows);
  }

  /** Sets every other column of the rows whose first columns are these. */
  void update(Rows rows, int keyColumns) throws SQLException {
    if (!rows.isEmpty()) dialect.update(this, rows, keyColumns);
  }

  /** All of these, as one argument: {@code user_id = any(?)}. */
  Object texts(Collection<String> texts) throws SQLException {
    return dialect.texts(connection, texts);
  }

  /** All of these, as one argument: {@code position = any(?)}. */
  Object numbers(Collection<? extends Number> numbers) throws SQLException {
    return dialect.numbers(connection, numbers);
  }

  /** The object in a column; null where there is none. */
  @Nullable JsonObject json(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : dialect.json(bytes);
  }

  private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(dialect.translate(sql));
    try {
      for (int i = 0; i < arguments.length; i++) bind(statement, i + 1, arguments[i]);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    statement.setObject(index, value instanceof JsonObject json ? dialect.json(json) : value);
  }
}
