package dev.kindred.store.jdbc;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Retention;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Sums of behaviours in the database. */
final class JdbcRetention implements Retention {

  /** The first byte of the measures of a behaviour, and of nothing else, is at least this. */
  private static final byte[] FIRST_OF_BEHAVIOUR = {MeasuresCode.BEHAVIOUR};

  // The plus keeps planners from an index by tenant, which would bring all that a tenant ever had
  // where a stretch of positions is wanted.
  private static final String FOLDED =
      """
      select position, "user", entity, type, at, weight, measures from interactions
      where position > ? and position <= ? and +tenant = ? and at < ?
        and measures is not null and substr(measures, 1, 1) >= ?
      """;

  private final Database database;
  private final JdbcTenants tenants;

  JdbcRetention(Database database, JdbcTenants tenants) {
    this.database = database;
    this.tenants = tenants;
  }

  @Override
  public Step fold(TenantId tenant, long beforeMicros, long after, long upTo, int most) {
    OptionalInt number = tenants.number(tenant);
    if (number.isEmpty()) return new Step(0, upTo);
    // What is to go is looked up before anybody has to wait.
    List<Long> found =
        database.read(session ->
            session.list(
                FOLDED + " order by position limit ?",
                row -> row.getLong(1),
                after,
                upTo,
                number.getAsInt(),
                beforeMicros,
                FIRST_OF_BEHAVIOUR,
                most));
    if (found.isEmpty()) return new Step(0, upTo);
    long end = found.size() < most ? upTo : found.getLast();
    int folded =
        database.write(session -> {
          // Nobody sends one of them again meanwhile.
          Head.lock(session);
          return fold(session, number.getAsInt(), beforeMicros, after, end);
        });
    return new Step(folded, end);
  }

  /** Where something is summed up. */
  private record Place(BehaviourSum.Kind kind, long movedBy) {}

  private static int fold(Session session, int tenant, long before, long after, long upTo)
      throws SQLException {
    MergedStretch merged = MergedStretch.read(session, tenant, after, upTo);
    var positions = new ArrayList<Long>();
    Map<Place, BehaviourSum> sums = new LinkedHashMap<>();
    session.each(
        FOLDED,
        row -> {
          positions.add(row.getLong(1));
          BehaviourSum one =
              BehaviourSum.of(
                  tenant,
                  row.getInt(2),
                  row.getInt(3),
                  row.getInt(4),
                  EventRow.counted(row, 6, 7),
                  row.getLong(5));
          sums.merge(new Place(one.kind(), merged.by(row.getLong(1))), one, BehaviourSum::plus);
        },
        after,
        upTo,
        tenant,
        before,
        FIRST_OF_BEHAVIOUR);
    if (positions.isEmpty()) return 0;
    // Lost with the power they are in the log again, and the next clean-up takes them out.
    session.dialect().letCommitLinger(session);
    Object gone = session.numbers(positions);
    session.later("delete from interaction_details where position = any(?)", gone);
    session.later("delete from events where kind = 1 and original = any(?)", gone);
    session.later("delete from interactions where position = any(?)", gone);
    var rows = new Rows(Tables.BEHAVIOURS_PAST);
    sums.forEach((place, sum) -> PastRows.add(rows, sum, place.movedBy()));
    session.insert(rows);
    session.later("update behaviour_folds set folds = folds + 1");
    return positions.size();
  }

  @Override
  public void past(Consumer<BehaviourSum> reader) {
    PastRows.all(database, reader);
  }

  @Override
  public long folds() {
    return database.read(session -> session.number("select folds from behaviour_folds"));
  }
}
