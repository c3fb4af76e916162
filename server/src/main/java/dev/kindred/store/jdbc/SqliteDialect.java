package dev.kindred.store.jdbc;

import static java.util.stream.Collectors.joining;

import dev.kindred.domain.JsonObject;
import dev.kindred.store.jdbc.EntityPage.Selection;
import dev.kindred.store.jdbc.KeptStatements.Lent;
import dev.kindred.store.jdbc.Rows.Column;
import dev.kindred.store.jdbc.Rows.Kind;
import dev.kindred.store.jdbc.Rows.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * SQLite. It lives in this process, so a prepared statement a row is as good as one for all of
 * them.
 */
final class SqliteDialect implements Dialect {

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int IO_ERROR = 10;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int PROTOCOL = 15;
  private static final int TOO_BIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;

  private final Map<String, String> translations = new ConcurrentHashMap<>();
  private final Map<Table, String> insertions = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String translate(String sql) {
    return translations.computeIfAbsent(
        sql,
        text ->
            text.replace("= any(?)", "in (select value from json_each(?))")
                .replace("cast(? as jsonb)", "cast(? as text)")
                .replace("position(? in body)", "instr(body, ?)")
                .replace("for update of h", "")
                .replace("for update skip locked", ""));
  }

  @Override
  public Object texts(Connection connection, Collection<String> texts) {
    var array = new StringBuilder("[");
    for (String text : texts) {
      if (array.length() > 1) array.append(',');
      appendQuoted(array, text);
    }
    return array.append(']').toString();
  }

  @Override
  public Object numbers(Connection connection, Collection<? extends Number> numbers) {
    return numbers.stream().map(Number::toString).collect(joining(",", "[", "]"));
  }

  @Override
  public Object json(JsonObject object) {
    return object.utf8();
  }

  @Override
  public JsonObject json(byte[] stored) {
    return JsonObject.ofCanonical(stored);
  }

  @Override
  public void insert(Session session, Rows rows) throws SQLException {
    try (Lent lent = session.statement(insertion(rows.table(), rows.table().onConflict()))) {
      for (@Nullable Object[] row : rows.values()) {
        bind(session, lent.statement(), row, 0);
        lent.statement().addBatch();
      }
      lent.statement().executeBatch();
    }
  }

  @Override
  public BitSet insertNew(Session session, Rows rows, String key) throws SQLException {
    try (Lent lent = session.statement(insertion(rows.table(), "on conflict do nothing"))) {
      for (@Nullable Object[] row : rows.values()) {
        bind(session, lent.statement(), row, 0);
        lent.statement().addBatch();
      }
      int[] counts = lent.statement().executeBatch();
      var leftOut = new BitSet();
      for (int i = 0; i < counts.length; i++) if (counts[i] == 0) leftOut.set(i);
      return leftOut;
    }
  }

  @Override
  public void update(Session session, Rows rows, int keyColumns) throws SQLException {
    List<Column> columns = rows.table().columns();
    String sql =
        "update %s set %s where %s"
            .formatted(
                rows.table().name(),
                columns.stream()
                    .skip(keyColumns)
                    .map(column -> column.name() + " = " + placeholder(column))
                    .collect(joining(", ")),
                columns.stream()
                    .limit(keyColumns)
                    .map(column -> column.name() + " = ?")
                    .collect(joining(" and ")));
    try (Lent lent = session.statement(sql)) {
      for (@Nullable Object[] row : rows.values()) {
        bind(session, lent.statement(), row, keyColumns);
        lent.statement().addBatch();
      }
      lent.statement().executeBatch();
    }
  }

  @Override
  public long[] positions(Session session, Rows rows) throws SQLException {
    String sql =
        """
        select position from interactions
        where at = ? and tenant = ? and "user" = ? and entity = ? and type = ?
        """;
    long[] positions = new long[rows.size()];
    try (Lent lent = session.statement(sql)) {
      PreparedStatement statement = lent.statement();
      for (int i = 0; i < positions.length; i++) {
        @Nullable Object[] wanted = rows.values().get(i);
        for (int column = 1; column <= 5; column++) session.bind(statement, column, wanted[column]);
        try (ResultSet row = statement.executeQuery()) {
          if (!row.next()) {
            throw new IllegalStateException("an interaction to be weighed again is gone");
          }
          positions[i] = row.getLong(1);
        }
      }
    }
    return positions;
  }

  /** From those that are filed and those that are not yet. The plus keeps to the latter alone. */
  @Override
  public Selection interactionsOf(EntityPage page) {
    String wanted =
        """
        entity in (%s) and at <= ? and (at < ? or position < ?)
        order by at desc, position desc limit ?
        """
            .formatted(page.placeholders());
    String sql =
        """
        (select i.position, i.at, i.tenant, i."user", i.entity, i.type, i.weight
         from (
           select position, at from (
             select position, at from interactions_filed
             where position <= (select position from filing) and tenant = ? and %1$s)
           union all
           select position, at from (
             select position, at from interactions
             where position > (select position from filing) and +tenant = ? and %1$s)
           order by at desc, position desc limit ? offset ?) found
           join interactions i on i.position = found.position)
        """
            .formatted(wanted);
    var arguments = new ArrayList<Object>();
    for (int part = 0; part < 2; part++) {
      arguments.addAll(page.arguments());
      arguments.add(page.reach());
    }
    arguments.add(page.limit());
    arguments.add(page.offset());
    return new Selection(sql, arguments);
  }

  @Override
  public boolean isTransient(SQLException error) {
    return Set.of(BUSY, LOCKED, PROTOCOL).contains(primaryCode(error));
  }

  @Override
  public boolean isOutage(SQLException error) {
    return Set.of(IO_ERROR, FULL, CANNOT_OPEN).contains(primaryCode(error));
  }

  @Override
  public boolean isRefusal(SQLException error) {
    return Set.of(TOO_BIG, CONSTRAINT, MISMATCH).contains(primaryCode(error));
  }

  @Override
  public void letCommitLinger(Session session) {
    // It waits for the disk as all others do: that cannot be said of one transaction.
  }

  @Override
  public void beginMigration(Session session) {
    // A transaction that writes is alone from its beginning.
  }

  @Override
  public void beAlone(Session session, String name) {
    // The same.
  }

  @Override
  public Map<String, String> words() {
    return Map.ofEntries(
        Map.entry("long", "integer"),
        Map.entry("int", "integer"),
        Map.entry("short", "integer"),
        Map.entry("double", "real"),
        Map.entry("bool", "integer"),
        Map.entry("text", "text"),
        Map.entry("id", "text"),
        Map.entry("json", "text"),
        Map.entry("bytes", "blob"),
        Map.entry("in_time", ", at"),
        Map.entry("table", "strict"),
        Map.entry("often_updated", "strict"));
  }

  @Override
  public Map<String, String> describe(Session session) throws SQLException {
    var description = new LinkedHashMap<String, String>();
    description.put("database", "sqlite");
    description.put(
        "server_version",
        session.first("select sqlite_version()", row -> row.getString(1)).orElseThrow());
    for (String pragma : List.of("journal_mode", "page_size", "page_count")) {
      description.put(
          pragma, session.first("pragma " + pragma, row -> row.getString(1)).orElseThrow());
    }
    return description;
  }

  private static int primaryCode(SQLException error) {
    return error.getErrorCode() & 0xff;
  }

  private String insertion(Table table, String onConflict) {
    return insertions.computeIfAbsent(
        table.onConflict(onConflict),
        made ->
            "insert into %s (%s) values (%s) %s"
                .formatted(
                    made.name(),
                    String.join(", ", made.columnNames()),
                    made.columns().stream().map(SqliteDialect::placeholder).collect(joining(", ")),
                    made.onConflict()));
  }

  private static String placeholder(Column column) {
    return column.kind() == Kind.JSON ? "cast(? as text)" : "?";
  }

  /** Binds a row; its first columns go to the end, as the last placeholders are theirs. */
  private static void bind(
      Session session, PreparedStatement statement, @Nullable Object[] row, int toTheEnd)
      throws SQLException {
    for (int i = 0; i < row.length; i++) {
      int index = i < toTheEnd ? row.length - toTheEnd + i : i - toTheEnd;
      session.bind(statement, index + 1, row[i]);
    }
  }

  private static void appendQuoted(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') to.append('\\').append(c);
      else if (c < 0x20) to.append("\\u%04x".formatted((int) c));
      else to.append(c);
    }
    to.append('"');
  }
}
