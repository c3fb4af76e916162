package dev.kindred.store.jdbc;

import static java.util.stream.Collectors.joining;

import dev.kindred.domain.JsonObject;
import dev.kindred.store.jdbc.EntityPage.Selection;
import dev.kindred.store.jdbc.Rows.Column;
import dev.kindred.store.jdbc.Rows.Kind;
import dev.kindred.store.jdbc.Rows.Table;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. Rows go over in one statement however many they are: each column as an array that the
 * server unfolds, or very many of them by COPY.
 */
final class PostgresDialect implements Dialect {

  /** Connection failures, and what another transaction or an operator did to ours. */
  private static final Set<String> TRANSIENT =
      Set.of("40001", "40P01", "53300", "55P03", "57P01", "57P02", "57P03", "57P05", "25P03");

  /** Fewer rows do not pay for the journeys that a COPY takes. */
  private static final int COPIED_FROM = 1_000;

  private final Map<Table, String> insertions = new ConcurrentHashMap<>();

  /** "kindred" in bytes. */
  private static final long MIGRATION_LOCK = 0x6b696e64726564L;

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String translate(String sql) {
    return sql;
  }

  @Override
  public Object texts(Connection connection, Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray(String[]::new));
  }

  @Override
  public Object numbers(Connection connection, Collection<? extends Number> numbers)
      throws SQLException {
    Long[] array = numbers.stream().map(Number::longValue).toArray(Long[]::new);
    return connection.createArrayOf("bigint", array);
  }

  @Override
  public Object json(JsonObject object) {
    return object.toString();
  }

  @Override
  public JsonObject json(byte[] stored) {
    return JsonText.canonical(stored);
  }

  @Override
  public void insert(Session session, Rows rows) throws SQLException {
    if (rows.size() >= COPIED_FROM && CopyRows.takes(rows.table())) {
      session.flush();
      CopyRows.insert(session.connection(), rows);
      return;
    }
    session.later(insertion(rows.table()) + " " + rows.table().onConflict(), arrays(session, rows));
  }

  @Override
  public BitSet insertNew(Session session, Rows rows, String key) throws SQLException {
    var inserted = new HashSet<Object>(rows.size() * 2);
    session.each(
        insertion(rows.table()) + " on conflict do nothing returning " + key,
        row -> inserted.add(row.getObject(1)),
        arrays(session, rows));
    var leftOut = new BitSet();
    int keyColumn = rows.table().columnNames().indexOf(key);
    for (int i = 0; i < rows.size(); i++) {
      Object value = rows.values().get(i)[keyColumn];
      if (value == null || !inserted.contains(value)) leftOut.set(i);
    }
    return leftOut;
  }

  @Override
  public void update(Session session, Rows rows, int keyColumns) throws SQLException {
    List<Column> columns = rows.table().columns();
    String sql =
        "update %s as t set %s from %s where %s"
            .formatted(
                rows.table().name(),
                columns.stream()
                    .skip(keyColumns)
                    .map(column -> column.name() + " = " + unfolded(column))
                    .collect(joining(", ")),
                unfolding(rows.table()),
                columns.stream()
                    .limit(keyColumns)
                    .map(column -> "t." + column.name() + " = v." + column.name())
                    .collect(joining(" and ")));
    session.later(sql, arrays(session, rows));
  }

  @Override
  public long[] positions(Session session, Rows rows) throws SQLException {
    String sql =
        """
        select v.position, i.position
        from %s
          join interactions i on i.tenant = v.tenant and i."user" = v."user" and i.at = v.at
            and i.entity = v.entity and i.type = v.type
        """
            .formatted(unfolding(rows.table()));
    var stored = new HashMap<Object, Long>();
    session.each(sql, row -> stored.put(row.getLong(1), row.getLong(2)), arrays(session, rows));
    long[] positions = new long[rows.size()];
    for (int i = 0; i < positions.length; i++) {
      Long found = stored.get(rows.values().get(i)[0]);
      if (found == null) {
        throw new IllegalStateException("an interaction to be weighed again is gone");
      }
      positions[i] = found;
    }
    return positions;
  }

  @Override
  public Selection interactionsOf(EntityPage page) {
    String sql =
        """
        (select position, at, tenant, "user", entity, type, weight
         from interactions
         where tenant = ? and entity in (%s) and at <= ? and (at < ? or position < ?)
         order by at desc, position desc limit ? offset ?)
        """
            .formatted(page.placeholders());
    List<Object> arguments = page.arguments();
    arguments.add(page.limit());
    arguments.add(page.offset());
    return new Selection(sql, arguments);
  }

  @Override
  public boolean isTransient(SQLException error) {
    String state = error.getSQLState();
    return state != null && (state.startsWith("08") || TRANSIENT.contains(state));
  }

  @Override
  public boolean isOutage(SQLException error) {
    String state = error.getSQLState();
    return state != null && (state.startsWith("53") || state.equals("57014"));
  }

  @Override
  public boolean isRefusal(SQLException error) {
    String state = error.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }

  @Override
  public void letCommitLinger(Session session) throws SQLException {
    session.later("set local synchronous_commit = off");
  }

  @Override
  public void beginMigration(Session session) throws SQLException {
    session.first("select set_config('statement_timeout', '0', true)", row -> row.getString(1));
    session.first("select pg_advisory_xact_lock(?)", row -> "", MIGRATION_LOCK);
  }

  @Override
  public void beAlone(Session session, String name) throws SQLException {
    session.first("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> "", name);
  }

  @Override
  public Map<String, String> words() {
    return Map.ofEntries(
        Map.entry("long", "bigint"),
        Map.entry("int", "integer"),
        Map.entry("short", "smallint"),
        Map.entry("double", "double precision"),
        Map.entry("bool", "boolean"),
        Map.entry("text", "text"),
        Map.entry("id", "text collate \"C\""),
        Map.entry("json", "jsonb"),
        Map.entry("bytes", "bytea"),
        Map.entry("in_time", ""),
        Map.entry("table", ""),
        Map.entry("often_updated", "with (fillfactor = 10)"));
  }

  @Override
  public Map<String, String> describe(Session session) throws SQLException {
    var description = new LinkedHashMap<String, String>();
    description.put("database", "postgresql");
    for (String setting : List.of("server_version", "synchronous_commit")) {
      description.put(
          setting,
          session
              .first("select current_setting(?)", row -> row.getString(1), setting)
              .orElseThrow());
    }
    description.put(
        "pgvector",
        session
            .first(
                "select extversion from pg_extension where extname = 'vector'",
                row -> row.getString(1))
            .orElse("not in use"));
    return description;
  }

  private String insertion(Table table) {
    return insertions.computeIfAbsent(
        table,
        into ->
            "insert into %s (%s) select %s from %s"
                .formatted(
                    into.name(),
                    String.join(", ", into.columnNames()),
                    into.columns().stream().map(PostgresDialect::unfolded).collect(joining(", ")),
                    unfolding(into)));
  }

  /** The rows as a table {@code v} of the same columns; JSON is text in it. */
  private static String unfolding(Table table) {
    return "unnest(%s) as v(%s)"
        .formatted(
            table.columns().stream()
                .map(column -> "cast(? as " + arrayType(column.kind()) + "[])")
                .collect(joining(", ")),
            String.join(", ", table.columnNames()));
  }

  private static String unfolded(Column column) {
    String name = "v." + column.name();
    return isText(column.kind()) ? "cast(" + name + " as " + column.kind().sqlType + ")" : name;
  }

  private static String arrayType(Kind kind) {
    return isText(kind) ? "text" : kind.sqlType;
  }

  /** Whether it goes over as text, to be read there. */
  private static boolean isText(Kind kind) {
    return kind == Kind.JSON || kind == Kind.VECTOR;
  }

  /** The columns, each an argument. */
  private static @Nullable Object[] arrays(Session session, Rows rows) throws SQLException {
    List<Column> columns = rows.table().columns();
    @Nullable Object[] arrays = new Object[columns.size()];
    for (int c = 0; c < arrays.length; c++) {
      Kind kind = columns.get(c).kind();
      Object array =
          Array.newInstance(kind == Kind.JSON ? String.class : kind.javaType, rows.size());
      for (int r = 0; r < rows.size(); r++) {
        Object value = rows.values().get(r)[c];
        Array.set(array, r, value instanceof JsonObject json ? json.toString() : value);
      }
      arrays[c] = session.connection().createArrayOf(arrayType(kind), (Object[]) array);
    }
    return arrays;
  }
}
