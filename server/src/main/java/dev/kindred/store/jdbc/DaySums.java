package dev.kindred.store.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The sums over the users of a variant who came on a day, as a transaction sees and changes them.
 *
 * <p>Users are added one after the other to what is stored, in the order of the log. So the sums
 * are the same to the last digit on every database, however the log was cut into transactions.
 */
final class DaySums {

  /** Users of one tenant's experiment. */
  record Cohort(int experiment, int day, int variant) {}

  record Measured(Cohort cohort, int metric) {}

  static final class Exposed {
    long users;
    double before;
    double beforeSquares;
    boolean isChanged;

    /** Adds a user, or takes one away. */
    void add(int sign, long did) {
      users += sign;
      before += sign * (double) did;
      beforeSquares += sign * (double) did * did;
      isChanged = true;
    }
  }

  static final class Converted {
    long users;
    long conversions;
    double value;
    double valueSquares;
    double valueTimesBefore;
    boolean isChanged;

    /** A user's value was one thing and is another; {@code users} is who came or went with that. */
    void change(int usersMore, long times, double from, double to, long did) {
      users += usersMore;
      conversions += times;
      value += to - from;
      valueSquares += to * to - from * from;
      valueTimesBefore += (to - from) * did;
      isChanged = true;
    }
  }

  private final int tenant;
  private final Map<Cohort, Exposed> exposed = new HashMap<>();
  private final Map<Measured, Converted> converted = new HashMap<>();

  DaySums(int tenant) {
    this.tenant = tenant;
  }

  /** Reads what is stored of these cohorts. */
  void load(Session session, Collection<Cohort> cohorts) throws SQLException {
    if (cohorts.isEmpty()) return;
    Set<Integer> experiments = new HashSet<>();
    Set<Integer> days = new HashSet<>();
    for (Cohort cohort : cohorts) {
      experiments.add(cohort.experiment());
      days.add(cohort.day());
    }
    session.each(
        """
        select experiment, day, variant, users, before, before_squares from exposed_days
        where tenant = ? and experiment = any(?) and day = any(?)
        """,
        row -> {
          Exposed sums = exposed(new Cohort(row.getInt(1), row.getInt(2), row.getInt(3)));
          sums.users = row.getLong(4);
          sums.before = row.getDouble(5);
          sums.beforeSquares = row.getDouble(6);
        },
        tenant,
        session.numbers(experiments),
        session.numbers(days));
    session.each(
        """
        select experiment, day, variant, metric,
          users, conversions, value, value_squares, value_times_before
        from converted_days
        where tenant = ? and experiment = any(?) and day = any(?)
        """,
        row -> {
          var cohort = new Cohort(row.getInt(1), row.getInt(2), row.getInt(3));
          Converted sums = converted(cohort, row.getInt(4));
          sums.users = row.getLong(5);
          sums.conversions = row.getLong(6);
          sums.value = row.getDouble(7);
          sums.valueSquares = row.getDouble(8);
          sums.valueTimesBefore = row.getDouble(9);
        },
        tenant,
        session.numbers(experiments),
        session.numbers(days));
  }

  Exposed exposed(Cohort cohort) {
    return exposed.computeIfAbsent(cohort, _ -> new Exposed());
  }

  Converted converted(Cohort cohort, int metric) {
    return converted.computeIfAbsent(new Measured(cohort, metric), _ -> new Converted());
  }

  void write(Session session) throws SQLException {
    var exposedRows = new Rows(Tables.EXPOSED_DAYS);
    exposed.forEach((cohort, sums) -> {
      if (!sums.isChanged) return;
      exposedRows.add(
          tenant,
          cohort.experiment(),
          cohort.day(),
          (short) cohort.variant(),
          sums.users,
          sums.before,
          sums.beforeSquares);
    });
    session.insert(exposedRows);
    var convertedRows = new Rows(Tables.CONVERTED_DAYS);
    converted.forEach((measured, sums) -> {
      if (!sums.isChanged) return;
      convertedRows.add(
          tenant,
          measured.cohort().experiment(),
          measured.cohort().day(),
          (short) measured.cohort().variant(),
          (short) measured.metric(),
          sums.users,
          sums.conversions,
          sums.value,
          sums.valueSquares,
          sums.valueTimesBefore);
    });
    session.insert(convertedRows);
  }

  /** Removes what nobody is left in, so that no dust of taking away stays. */
  void removeEmpty(Session session) throws SQLException {
    session.update("delete from exposed_days where tenant = ? and users = 0", tenant);
    session.update("delete from converted_days where tenant = ? and users = 0", tenant);
  }
}
