package dev.kindred.store.jdbc;

import dev.kindred.store.jdbc.DaySums.Cohort;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in which experiment, and what became of them, as a transaction sees it. */
final class Exposures {

  private static final long MICROS_A_DAY = 86_400_000_000L;

  /** A user of an experiment, both by number. */
  record Place(int experiment, int user) {}

  /** How a user came in. */
  record Exposure(int variant, long at, long before, long position) {

    Cohort cohort(int experiment) {
      return new Cohort(experiment, day(at), variant);
    }
  }

  /** A user of an experiment by one metric. */
  record Measured(Place place, int metric) {}

  /** What a user did since: how often, and the sum of the values. */
  record Converted(long times, double value) {

    static final Converted NOT = new Converted(0, 0);
  }

  private final int tenant;
  private final Map<Place, Exposure> exposures = new HashMap<>();
  private final Map<Measured, Converted> converted = new HashMap<>();

  Exposures(int tenant) {
    this.tenant = tenant;
  }

  /** The day (UTC) since 1970 of a time in microseconds. */
  static int day(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, MICROS_A_DAY));
  }

  static long startOf(int day) {
    return day * MICROS_A_DAY;
  }

  /** Reads what is stored of these users. */
  void load(Session session, Collection<Integer> users) throws SQLException {
    if (users.isEmpty()) return;
    session.each(
        """
        select experiment, "user", variant, at, before, position from exposures
        where tenant = ? and "user" = any(?)
        """,
        row ->
            exposures.put(
                new Place(row.getInt(1), row.getInt(2)),
                new Exposure(row.getInt(3), row.getLong(4), row.getLong(5), row.getLong(6))),
        tenant,
        session.numbers(users));
    session.each(
        """
        select experiment, "user", metric, times, value from conversions
        where tenant = ? and "user" = any(?)
        """,
        row ->
            converted.put(
                new Measured(new Place(row.getInt(1), row.getInt(2)), row.getInt(3)),
                new Converted(row.getLong(4), row.getDouble(5))),
        tenant,
        session.numbers(users));
  }

  Optional<Exposure> find(Place place) {
    return Optional.ofNullable(exposures.get(place));
  }

  Map<Place, Exposure> all() {
    return exposures;
  }

  void put(Place place, Exposure exposure) {
    exposures.put(place, exposure);
  }

  Converted converted(Measured measured) {
    return converted.getOrDefault(measured, Converted.NOT);
  }

  void put(Measured measured, Converted now) {
    converted.put(measured, now);
  }

  /** Takes a user out of every experiment, and out of their sums. */
  static void erase(Session session, int tenant, int user) throws SQLException {
    var gone = new Exposures(tenant);
    gone.load(session, List.of(user));
    if (gone.exposures.isEmpty()) return;
    var sums = new DaySums(tenant);
    sums.load(
        session,
        gone.exposures.entrySet().stream()
            .map(entry -> entry.getValue().cohort(entry.getKey().experiment()))
            .toList());
    gone.exposures.forEach((place, exposure) ->
        sums.exposed(exposure.cohort(place.experiment())).add(-1, exposure.before()));
    gone.converted.forEach((measured, converted) -> {
      Exposure exposure = gone.exposures.get(measured.place());
      if (exposure == null) return;
      sums.converted(exposure.cohort(measured.place().experiment()), measured.metric())
          .change(-1, -converted.times(), converted.value(), 0, exposure.before());
    });
    sums.write(session);
    sums.removeEmpty(session);
    session.update(
        """
        delete from conversions where tenant = ? and "user" = ?
        """,
        tenant,
        user);
    session.update(
        """
        delete from exposures where tenant = ? and "user" = ?
        """,
        tenant,
        user);
    session.update(
        "delete from events where tenant = ? and subject = ? and kind in (21, 22)", tenant, user);
  }
}
