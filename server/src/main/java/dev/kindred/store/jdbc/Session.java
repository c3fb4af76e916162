package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.store.jdbc.KeptStatements.Lent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

  /** Beyond so many arguments, what is waiting is sent. */
  private static final int WAITING_MAX = 1_000;

  private final Connection connection;
  private final Dialect dialect;

  /** Null where the driver keeps statements itself, or they are not needed again. */
  private final @Nullable KeptStatements kept;

  /** Statements for whose results nobody waits, as one text, and their arguments. */
  private final StringBuilder waiting = new StringBuilder();

  private final List<@Nullable Object> waitingArguments = new ArrayList<>();

  Session(Connection connection, Dialect dialect) {
    this(connection, dialect, null);
  }

  Session(Connection connection, Dialect dialect, @Nullable KeptStatements kept) {
    this.connection = connection;
    this.dialect = dialect;
    this.kept = kept;
  }

  Connection connection() {
    return connection;
  }

  Dialect dialect() {
    return dialect;
  }

  void each(String sql, RowConsumer reader, @Nullable Object... arguments) throws SQLException {
    try (Lent lent = prepare(sql, arguments);
        ResultSet rows = lent.statement().executeQuery()) {
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
    try (Lent lent = prepare(sql, arguments);
        ResultSet rows = lent.statement().executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    }
  }

  /** For a query that answers with exactly one number. */
  long number(String sql, @Nullable Object... arguments) throws SQLException {
    return first(sql, row -> row.getLong(1), arguments).orElseThrow();
  }

  /** Returns how many rows it touched. */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    try (Lent lent = prepare(sql, arguments)) {
      return lent.statement().executeUpdate();
    }
  }

  /**
   * An update of which nobody needs to know how many rows it touched. Where the database is a
   * journey away, it goes there with the next statement or with the commit, so that a whole
   * transaction costs few journeys; what is wrong with it shows then.
   */
  void later(String sql, @Nullable Object... arguments) throws SQLException {
    if (!dialect.isRemote()) {
      update(sql, arguments);
      return;
    }
    if (waitingArguments.size() + arguments.length > WAITING_MAX) flush();
    if (!waiting.isEmpty()) waiting.append("; ");
    waiting.append(dialect.translate(sql));
    Collections.addAll(waitingArguments, arguments);
  }

  /** Sends what is waiting. */
  void flush() throws SQLException {
    if (waiting.isEmpty()) return;
    String sql = waiting.toString();
    var arguments = waitingArguments.toArray();
    forgetWaiting();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      statement.execute();
    }
  }

  private void forgetWaiting() {
    waiting.setLength(0);
    waitingArguments.clear();
  }

  /** Commits, in one journey with what is waiting. */
  void commit() throws SQLException {
    if (waiting.isEmpty()) {
      connection.commit();
    } else {
      waiting.append("; commit");
      flush();
    }
  }

  Savepoint savepoint() throws SQLException {
    flush();
    return connection.setSavepoint();
  }

  void release(Savepoint savepoint) throws SQLException {
    flush();
    connection.releaseSavepoint(savepoint);
  }

  void rollBackTo(Savepoint savepoint) throws SQLException {
    forgetWaiting();
    connection.rollback(savepoint);
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

  /** A statement in this database's own words. */
  Lent statement(String sql) throws SQLException {
    flush();
    return kept == null
        ? new Lent(connection.prepareStatement(sql), false)
        : kept.prepare(connection, sql);
  }

  private Lent prepare(String sql, @Nullable Object... arguments) throws SQLException {
    Lent lent = statement(dialect.translate(sql));
    try {
      bind(lent.statement(), arguments);
      return lent;
    } catch (SQLException | RuntimeException e) {
      lent.close();
      throw e;
    }
  }

  private void bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) bind(statement, i + 1, arguments[i]);
  }

  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    statement.setObject(index, value instanceof JsonObject json ? dialect.json(json) : value);
  }
}
