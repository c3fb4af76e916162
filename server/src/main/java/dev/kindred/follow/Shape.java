package dev.kindred.follow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The columns that a source's query has in the database as it is now. */
record Shape(Source source, Map<String, Column> columns) {

  /**
   * Asks the database.
   *
   * @throws MappingProblem if it does not understand the query
   */
  static Shape of(Connection connection, Source source) throws SQLException {
    var columns = new LinkedHashMap<String, Column>();
    String sql = "select * from (" + source.query() + "\n) q limit 0";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData data = statement.getMetaData();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        var column = new Column(data.getColumnLabel(i), data.getColumnTypeName(i));
        if (columns.put(column.name(), column) != null) {
          throw new MappingProblem(
              source.name(),
              "query",
              "has two columns '" + column.name() + "'; name one otherwise");
        }
      }
      return new Shape(source, columns);
    } catch (SQLException e) {
      throw refused(source, "query", e);
    }
  }

  /** What the database says of the operator's SQL; other failures are handed on as they are. */
  static RuntimeException refused(Source source, String field, SQLException e) throws SQLException {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (!state.startsWith("42") && !state.startsWith("22")) throw e;
    ServerErrorMessage said = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    String message = said == null ? String.valueOf(e.getMessage()) : said.getMessage();
    String hint = said == null || said.getHint() == null ? "" : " (" + said.getHint() + ")";
    return new MappingProblem(source.name(), field, "the database says: " + message + hint);
  }

  /** The column that a field of the mapping names. */
  Column column(String field, String name) {
    Column column = columns.get(name);
    if (column != null) return column;
    throw new MappingProblem(
        source.name(),
        field,
        "the query has no column '"
            + name
            + "'; it has "
            + String.join(", ", columns.keySet())
            + nearest(name));
  }

  private String nearest(String name) {
    return columns.keySet().stream()
        .filter(known -> known.startsWith(name) || name.startsWith(known) || known.endsWith(name))
        .min(Comparator.comparingInt(String::length))
        .map(known -> "; is it '" + known + "'?")
        .orElse("");
  }

  Column time(String field, String name) {
    Column column = column(field, name);
    if (column.isTime()) return column;
    throw new MappingProblem(
        source.name(), field, "must be a time, '" + name + "' is " + column.databaseType());
  }

  /** All columns but these. */
  List<Column> others(String... names) {
    return columns.values().stream()
        .filter(column -> !List.of(names).contains(column.name()))
        .collect(Collectors.toList());
  }
}
