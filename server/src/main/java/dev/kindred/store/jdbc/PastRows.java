package dev.kindred.store.jdbc;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.BehaviourSum.Kind;
import dev.kindred.domain.BehaviourSum.TimesOfDay;
import dev.kindred.domain.EntityKey;
import dev.kindred.store.Interactions.Folded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** The rows of {@code behaviours_past}, written and read, a part at a time. */
final class PastRows {

  private static final int READ_AT_ONCE = 5_000;
  private static final Kind BEFORE_ALL = new Kind(0, 0, 0, 0, false, false);

  /** What is read: what merges have brought is summed up with what was there. */
  static final String COLUMNS =
      """
      select p.tenant, p."user", p.entity, p.type, p.circumstances, sum(p.count), sum(p.owns),
        sum(p.weight), sum(p.rated), sum(p.ratings), sum(p.taken_in), sum(p.timed),
        sum(p.durations), sum(p.mornings), sum(p.afternoons), sum(p.evenings), sum(p.nights),
        max(p.last)
      from behaviours_past p
      """;

  static final String BY_KIND =
      """
       group by p.tenant, p."user", p.entity, p.type, p.circumstances
       order by p.tenant, p."user", p.entity, p.type, p.circumstances
      """;

  private static final String ALL =
      COLUMNS
          + """
          where (p.tenant, p."user", p.entity, p.type, p.circumstances) > (?, ?, ?, ?, ?)
          """
          + BY_KIND
          + " limit ?";

  private static final String OF_USER =
      """
      select s.*, et.name, e.entity_id, it.name from (
      """
          + COLUMNS
          + """
          where p.tenant = ? and p."user" = ? and (p.entity, p.type, p.circumstances) > (?, ?, ?)
          """
          + BY_KIND
          + """
          limit ?) s
            join entities e on e.tenant = s.tenant and e.entity = s.entity
            join entity_types et on et.tenant = e.tenant and et.type = e.type
            join interaction_types it on it.tenant = s.tenant and it.type = s.type
          order by s.entity, s.type, s.circumstances
          """;

  private PastRows() {}

  /**
   * Adds a row.
   *
   * @param movedBy the position of the merge that brought it, or 0
   */
  static void add(Rows rows, BehaviourSum sum, long movedBy) {
    rows.add(
        sum.tenant(),
        sum.user(),
        sum.entity(),
        (short) sum.type(),
        SumCode.circumstances(sum.kind()),
        movedBy,
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

  static void all(Database database, Consumer<BehaviourSum> reader) {
    Pages.each(
        BEFORE_ALL,
        READ_AT_ONCE,
        (from, limit) ->
            database.read(session ->
                session.list(
                    ALL,
                    PastRows::read,
                    from.tenant(),
                    from.user(),
                    from.entity(),
                    (short) from.type(),
                    SumCode.circumstances(from),
                    limit)),
        BehaviourSum::kind,
        reader);
  }

  static void ofUser(TenantReading reading, int user, Consumer<Folded> reader) {
    Pages.each(
        BEFORE_ALL,
        READ_AT_ONCE,
        (from, limit) ->
            reading.read(
                List.<Folded>of(),
                (session, tenant) ->
                    session.list(
                        OF_USER,
                        PastRows::readNamed,
                        tenant,
                        user,
                        from.entity(),
                        (short) from.type(),
                        SumCode.circumstances(from),
                        limit)),
        folded -> folded.sums().kind(),
        reader);
  }

  private static Folded readNamed(ResultSet row) throws SQLException {
    return new Folded(
        EntityKey.of(row.getString(19), row.getString(20)), row.getString(21), read(row));
  }

  /** Reads {@link #COLUMNS}. */
  static BehaviourSum read(ResultSet row) throws SQLException {
    int circumstances = row.getInt(5);
    return new BehaviourSum(
        row.getInt(1),
        row.getInt(2),
        row.getInt(3),
        row.getInt(4),
        SumCode.isOfExperiment(circumstances),
        SumCode.isOfRecommendation(circumstances),
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
