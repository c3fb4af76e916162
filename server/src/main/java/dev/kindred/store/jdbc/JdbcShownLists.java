package dev.kindred.store.jdbc;

import dev.kindred.domain.ShownList;
import dev.kindred.domain.UserId;
import dev.kindred.store.ShownLists;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The lists that a tenant's users were shown. */
final class JdbcShownLists implements ShownLists {

  private static final int READ_AT_ONCE = 500;

  private static final int TALLIED_MAX = 100_000;

  /** So that no writer waits long for it. */
  private static final int FORGOTTEN_AT_ONCE = 5_000;

  private final TenantReading reading;

  JdbcShownLists(TenantReading reading) {
    this.reading = reading;
  }

  /** Where a list stands: the position of its line in the log, and its place in that. */
  private record Place(long position, int number) {
    static final Place BEFORE_ALL = new Place(0, -1);
  }

  private record Placed(Place place, ShownList list) {}

  @Override
  public void ofUser(UserId user, Consumer<ShownList> reader) {
    OptionalInt number = new JdbcUsers(reading).number(user);
    if (number.isEmpty()) return;
    Pages.each(
        Place.BEFORE_ALL,
        READ_AT_ONCE,
        (from, limit) ->
            reading.read(
                List.<Placed>of(),
                (session, tenant) ->
                    session.list(
                        "select "
                            + ShownRows.COLUMNS
                            + """
                             from shown_lists
                            where tenant = ? and "user" = ? and (position, number) > (?, ?)
                            order by position, number limit ?
                            """,
                        row ->
                            new Placed(
                                new Place(row.getLong(9), row.getInt(10)),
                                ShownRows.read(session, row, Optional.of(user))),
                        tenant,
                        number.getAsInt(),
                        from.position(),
                        from.number(),
                        limit)),
        Placed::place,
        placed -> reader.accept(placed.list()));
  }

  @Override
  public List<Tally> tallies() {
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                """
                select algorithm, count(*), sum(followed) from
                  (select algorithm,
                     case when exists
                       (select 1 from interaction_details d
                        where d.tenant = s.tenant and d.recommendation_id = s.list_id)
                     then 1 else 0 end as followed
                   from shown_lists s where tenant = ? order by at desc limit ?) newest
                group by algorithm order by algorithm
                """,
                row -> new Tally(row.getString(1), row.getLong(2), row.getLong(3)),
                tenant,
                TALLIED_MAX));
  }

  @Override
  public int prune(Instant before) {
    OptionalInt tenant = reading.tenants().number(reading.id());
    if (tenant.isEmpty()) return 0;
    int all = 0;
    int gone;
    do {
      gone =
          reading
              .database()
              .write(session ->
                  session.update(
                      """
                      delete from shown_lists where (position, number) in
                        (select position, number from shown_lists
                         where tenant = ? and at < ? order by position, number limit ?)
                      """,
                      tenant.getAsInt(),
                      Micros.of(before),
                      FORGOTTEN_AT_ONCE));
      all += gone;
    } while (gone == FORGOTTEN_AT_ONCE);
    return all;
  }
}
