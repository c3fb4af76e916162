package dev.kindred.follow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * How the rows of one source are selected and read, for its present columns.
 *
 * @param selected what is selected, in the order in which {@code reader} expects it
 * @param storedWhen the condition for rows that are kept at all, or empty
 * @param together the order in which rows that are kept near each other come one after the other,
 *     or empty
 */
record Reading(
    Source source,
    List<String> selected,
    Bound bound,
    String storedWhen,
    String together,
    RowReader reader) {

  /** Reads one row. */
  interface RowReader {
    Row read(ResultSet row) throws SQLException;
  }

  /**
   * The same for the first time, when all of it is written: a database of ours takes rows much
   * faster where they come in the order of its index.
   */
  String first() {
    return all() + together;
  }

  /** Every row that is kept, in no order. */
  String all() {
    return select() + (storedWhen.isEmpty() ? "" : " where " + storedWhen);
  }

  /** What was written lately, oldest first; with a place for the watermark. */
  String since() {
    return select() + " where " + bound.atLeast() + bound.order();
  }

  private String select() {
    return "select " + String.join(", ", selected) + " from (" + source.query() + "\n) q";
  }
}
