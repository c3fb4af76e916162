package dev.kindred.follow;

import dev.kindred.follow.Source.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * How far a source was read, and how to read on from there.
 *
 * <p>For a time or a number that is the newest value that was seen, and the stretch before it is
 * read again, since rows may be committed late. For {@code xmin}, PostgreSQL's own mark of the
 * transaction that wrote a row, it is the oldest transaction that had not ended when we looked: all
 * before it is settled, so nothing can be missed and nothing is read twice without need. Tables
 * without a column that grows can be followed by it; it has no index, so the table is scanned.
 */
record Bound(Column column, long overlap) {

  private static final long SECONDS_USUAL = 60;
  private static final long STEPS_USUAL = 1_000;
  private static final long LOW_BITS = 0xFFFFFFFFL;

  static Bound of(Shape shape) {
    Watermark watermark = shape.source().watermark();
    Column column = shape.column("watermark", watermark.column());
    return switch (column.kind()) {
      case TIME, LOCAL_TIME -> new Bound(column, micros(watermark.overlap().orElse(SECONDS_USUAL)));
      case DATE -> new Bound(column, micros(TimeUnit.DAYS.toSeconds(2)));
      case WHOLE, DECIMAL -> new Bound(column, watermark.overlap().orElse(STEPS_USUAL));
      case TRANSACTION -> new Bound(column, 0);
      default ->
          throw new MappingProblem(
              shape.source().name(),
              "watermark",
              "must be a time, a whole number or xmin, '"
                  + column.name()
                  + "' is "
                  + column.databaseType());
    };
  }

  private static long micros(long seconds) {
    return TimeUnit.SECONDS.toMicros(seconds);
  }

  /** What to select, so that a whole number tells where a row stands. */
  String selected() {
    return switch (column.kind()) {
      case TIME, LOCAL_TIME, DATE -> column.micros();
      case TRANSACTION -> Column.quoted(column.name()) + "::text::bigint";
      default -> Column.quoted(column.name()) + "::bigint";
    };
  }

  /** A condition with one place for {@link #argument}; the bare column, so that an index serves. */
  String atLeast() {
    String bare = Column.quoted(column.name());
    return switch (column.kind()) {
      case TIME -> bare + " >= timestamptz 'epoch' + ? * interval '1 microsecond'";
      case LOCAL_TIME -> bare + " >= timestamp 'epoch' + ? * interval '1 microsecond'";
      case DATE -> bare + " >= (timestamp 'epoch' + ? * interval '1 microsecond')::date";
      case TRANSACTION -> "age(" + bare + ") <= ?";
      default -> bare + " >= ?";
    };
  }

  /** In which order to read; the database cannot sort transactions. */
  String order() {
    return column.kind() == Column.Kind.TRANSACTION
        ? ""
        : " order by " + Column.quoted(column.name());
  }

  /** For reading on from a position, in the transaction that reads. */
  long argument(Connection connection, long position) throws SQLException {
    if (column.kind() != Column.Kind.TRANSACTION) return position - overlap;
    return Math.clamp(Transactions.now(connection).next() - position, 0, Integer.MAX_VALUE);
  }

  /**
   * The position after reading.
   *
   * @param newest the largest watermark among the rows and the position before
   */
  long position(Transactions now, long newest) {
    return column.kind() == Column.Kind.TRANSACTION ? now.oldestUnderWay() : newest;
  }

  /**
   * The transactions of the main database as one of ours sees them, counted in 64 bits.
   *
   * @param oldestUnderWay all before it have ended
   * @param next what {@code age()} counts back from
   */
  record Transactions(long oldestUnderWay, long next) {

    static Transactions now(Connection connection) throws SQLException {
      long[] read = new long[3];
      MainDatabase.stream(
          connection,
          """
          select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,
            age('3'::xid)::bigint + 3
          from pg_current_snapshot() s
          """,
          row -> {
            for (int i = 0; i < 3; i++) read[i] = row.getLong(i + 1);
          });
      // Both say nearly the same, one in 64 bits and one in 32.
      int ahead = (int) ((read[2] & LOW_BITS) - (read[1] & LOW_BITS));
      return new Transactions(read[0], read[1] + ahead);
    }
  }
}
