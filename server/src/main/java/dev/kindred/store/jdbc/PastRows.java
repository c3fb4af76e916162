package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityKey;
import dev.kindred.store.Interactions.Folded;
import dev.kindred.store.Retention.Kind;
import dev.kindred.store.Retention.Past;
import dev.kindred.store.Retention.TimesOfDay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** The rows of {@code behaviours_past}, written and read, a part at a time. */
final class PastRows {

  private static final int READ_AT_ONCE = 5_000;
  private static final int EXPERIMENT = 1;
  private static final int RECOMMENDATION = 2;
  private static final Kind BEFORE_ALL = new Kind(0, 0, 0, 0, false, false);

  private static final String COLUMNS =
      """
      select p.tenant, p."user", p.entity, p.type, p.circumstances, p.count, p.owns, p.weight,
        p.rated, p.ratings, p.taken_in, p.timed, p.durations, p.mornings, p.afternoons, p.evenings,
        p.nights, p.last
      """;

  private static final String ALL =
      COLUMNS
          + """
          from behaviours_past p
          where (p.tenant, p."user", p.entity, p.type, p.circumstances) > (?, ?, ?, ?, ?)
          order by p.tenant, p."user", p.entity, p.type, p.circumstances limit ?
          """;

  private static final String OF_USER =
      COLUMNS
          + """
            , et.name, e.entity_id, it.name
          from behaviours_past p
            join entities e on e.tenant = p.tenant and e.entity = p.entity
            join entity_types et on et.tenant = e.tenant and et.type = e.type
            join interaction_types it on it.tenant = p.tenant and it.type = p.type
          where p.tenant = ? and p."user" = ? and (p.entity, p.type, p.circumstances) > (?, ?, ?)
          order by p.entity, p.type, p.circumstances limit ?
          """;

  private PastRows() {}

  static void add(Rows rows, Past sum) {
    rows.add(
        sum.tenant(),
        sum.user(),
        sum.entity(),
        (short) sum.type(),
        circumstances(sum.kind()),
        sum.count(),
        sum.owns(),
        sum.weight(),
        sum.rated(),
        sum.ratings(),
        sum.takenIn(),
        sum.timed(),
        sum.durations(),
        sum.timesOfDay().mornings(),
        sum.timesOfDay().afternoons(),
        sum.timesOfDay().evenings(),
        sum.timesOfDay().nights(),
        sum.lastMillis());
  }

  static void all(Database database, Consumer<Past> reader) {
    Kind last = BEFORE_ALL;
    while (true) {
      Kind from = last;
      List<Past> rows =
          database.read(session ->
              session.list(
                  ALL,
                  PastRows::read,
                  from.tenant(),
                  from.user(),
                  from.entity(),
                  (short) from.type(),
                  circumstances(from),
                  READ_AT_ONCE));
      rows.forEach(reader);
      if (rows.size() < READ_AT_ONCE) return;
      last = rows.getLast().kind();
    }
  }

  static void ofUser(TenantReading reading, int user, Consumer<Folded> reader) {
    Kind last = BEFORE_ALL;
    while (true) {
      Kind from = last;
      List<Folded> rows =
          reading.read(
              List.of(),
              (session, tenant) ->
                  session.list(
                      OF_USER,
                      PastRows::readNamed,
                      tenant,
                      user,
                      from.entity(),
                      (short) from.type(),
                      circumstances(from),
                      READ_AT_ONCE));
      rows.forEach(reader);
      if (rows.size() < READ_AT_ONCE) return;
      last = rows.getLast().sums().kind();
    }
  }

  private static short circumstances(Kind kind) {
    int bits =
        (kind.ofExperiment() ? EXPERIMENT : 0) | (kind.ofRecommendation() ? RECOMMENDATION : 0);
    return (short) bits;
  }

  private static Folded readNamed(ResultSet row) throws SQLException {
    return new Folded(
        EntityKey.of(row.getString(19), row.getString(20)), row.getString(21), read(row));
  }

  private static Past read(ResultSet row) throws SQLException {
    int circumstances = row.getInt(5);
    return new Past(
        row.getInt(1),
        row.getInt(2),
        row.getInt(3),
        row.getInt(4),
        (circumstances & EXPERIMENT) != 0,
        (circumstances & RECOMMENDATION) != 0,
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13),
        new TimesOfDay(row.getLong(14), row.getLong(15), row.getLong(16), row.getLong(17)),
        row.getLong(18));
  }
}
