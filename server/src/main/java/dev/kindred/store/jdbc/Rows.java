package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one table on their way there, to be written with as few statements as there can be. */
final class Rows {

  /** What a column holds; each value of it is of that class, or null. */
  enum Kind {
    LONG("bigint", Long.class),
    INT("integer", Integer.class),
    SHORT("smallint", Short.class),
    DOUBLE("double precision", Double.class),
    TEXT("text", String.class),
    BYTES("bytea", byte[].class),
    JSON("jsonb", JsonObject.class),
    VECTOR("halfvec", String.class);

    /** PostgreSQL's word for it. */
    final String sqlType;

    final Class<?> javaType;

    Kind(String sqlType, Class<?> javaType) {
      this.sqlType = sqlType;
      this.javaType = javaType;
    }
  }

  record Column(String name, Kind kind) {}

  /**
   * A table, as far as it is written in bulk.
   *
   * @param onConflict what an insertion does about a row that is there; empty: it fails
   */
  record Table(String name, List<Column> columns, String onConflict) {

    static Table of(String name, Column... columns) {
      return new Table(name, List.of(columns), "");
    }

    Table onConflict(String clause) {
      return new Table(name, columns, clause);
    }

    List<String> columnNames() {
      return columns.stream().map(Column::name).toList();
    }
  }

  private final Table table;
  private final List<@Nullable Object[]> values = new ArrayList<>();

  Rows(Table table) {
    this.table = table;
  }

  /** Adds a row; the values stand in the order of the table's columns. */
  void add(@Nullable Object... row) {
    if (row.length != table.columns().size()) {
      throw new IllegalArgumentException(
          "%s has %d columns, got %s"
              .formatted(table.name(), table.columns().size(), Arrays.toString(row)));
    }
    values.add(row);
  }

  Table table() {
    return table;
  }

  List<@Nullable Object[]> values() {
    return values;
  }

  int size() {
    return values.size();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}
