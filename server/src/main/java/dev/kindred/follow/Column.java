package dev.kindred.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.json.JsonWriter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A column of a query, and how its values become JSON. Times are written in UTC, those without a
 * zone as if they were UTC.
 */
record Column(String name, String databaseType) {

  enum Kind {
    WHOLE,
    DECIMAL,
    FLOATING,
    TRUTH,
    TIME,
    LOCAL_TIME,
    DATE,
    JSON,
    ARRAY,
    TRANSACTION,
    TEXT
  }

  Kind kind() {
    if (databaseType.startsWith("_")) return Kind.ARRAY;
    return switch (databaseType) {
      case "int2", "int4", "int8", "serial", "bigserial", "oid" -> Kind.WHOLE;
      case "numeric" -> Kind.DECIMAL;
      case "float4", "float8" -> Kind.FLOATING;
      case "bool" -> Kind.TRUTH;
      case "timestamptz" -> Kind.TIME;
      case "timestamp" -> Kind.LOCAL_TIME;
      case "date" -> Kind.DATE;
      case "json", "jsonb" -> Kind.JSON;
      case "xid" -> Kind.TRANSACTION;
      default -> Kind.TEXT;
    };
  }

  /** As it stands in SQL. */
  static String quoted(String name) {
    return "q.\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** What to select, so that {@link #write} can read it. */
  String selected() {
    String column = quoted(name);
    return switch (kind()) {
      case WHOLE, DECIMAL, FLOATING, TRUTH -> column;
      case TIME ->
          "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
      case LOCAL_TIME -> "to_char(" + column + ", 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
      case ARRAY -> "to_jsonb(" + column + ")::text";
      case DATE, JSON, TRANSACTION, TEXT -> column + "::text";
    };
  }

  /** Microseconds since 1970, for a column of times. */
  String micros() {
    return "(extract(epoch from " + quoted(name) + ") * 1000000)::bigint";
  }

  boolean isTime() {
    return switch (kind()) {
      case TIME, LOCAL_TIME, DATE -> true;
      default -> false;
    };
  }

  /** Writes the value as a member; what is null or not a number is left out. */
  void write(ResultSet row, int index, JsonWriter out) throws SQLException {
    switch (kind()) {
      case WHOLE -> {
        long value = row.getLong(index);
        if (!row.wasNull()) out.field(name, value);
      }
      case DECIMAL -> {
        String text = row.getString(index);
        if (text != null && !text.equals("NaN") && !text.endsWith("Infinity")) {
          out.name(name).raw(new BigDecimal(text).toPlainString().getBytes(UTF_8));
        }
      }
      case FLOATING -> {
        double value = row.getDouble(index);
        if (!row.wasNull() && Double.isFinite(value)) out.field(name, value);
      }
      case TRUTH -> {
        boolean value = row.getBoolean(index);
        if (!row.wasNull()) out.field(name, value);
      }
      case JSON, ARRAY -> {
        String json = row.getString(index);
        if (json != null && !json.equals("null")) out.name(name).raw(json.getBytes(UTF_8));
      }
      case TIME, LOCAL_TIME, DATE, TRANSACTION, TEXT -> {
        String text = row.getString(index);
        if (text != null) out.field(name, text);
      }
    }
  }
}
