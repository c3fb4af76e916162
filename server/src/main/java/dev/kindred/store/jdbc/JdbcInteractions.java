package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions;
import dev.kindred.store.jdbc.EntityPage.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What the users of a tenant did. */
final class JdbcInteractions implements Interactions {

  private static final After BEFORE_ALL = new After(Long.MAX_VALUE, Long.MAX_VALUE);

  /** An entity that was deleted and made again more often than this shows its last lives. */
  private static final int LIVES_MAX = 100;

  /** So many rows are read at once where all of a type are asked for. */
  private static final int SCANNED_AT_ONCE = 5_000;

  // The plus keeps SQLite to the order of the log: by the index of users it would read and sort all
  // of a tenant's interactions for each stretch.
  private static final String SCANNED =
      """
      select i.position, u.user_id, et.name, e.entity_id, i.at
      from (select position, at, tenant, "user", entity
            from interactions
            where +tenant = ? and type =
                (select type from interaction_types it
                 where it.tenant = interactions.tenant and it.name = ?)
              and position > ?
            order by position limit ?) i
        join users u on u.tenant = i.tenant and u."user" = i."user"
        join entities e on e.tenant = i.tenant and e.entity = i.entity
        join entity_types et on et.tenant = i.tenant and et.type = e.type
      order by i.position
      """;

  // The stretch is cut out before names are looked up, so that it is all that is looked up. The
  // plus
  // is for the same as above.
  private static final String IN_ORDER =
      RecordedRows.select(
              """
              (select position, at, tenant, "user", entity, type, weight
               from interactions
               where +tenant = ? and position > ? and at >= ? and at < ?
               order by position limit ?)
              """)
          + " order by i.position";

  private static final String NEWEST =
      """
      select u."user",
        (select max(i.at) from interactions i where i.tenant = u.tenant and i."user" = u."user"),
        (select max(p.last) from behaviours_past p
          where p.tenant = u.tenant and p."user" = u."user")
      from users u where u.tenant = ? and u."user" = any(?)
      """;

  private final TenantReading reading;

  JdbcInteractions(TenantReading reading) {
    this.reading = reading;
  }

  @Override
  public List<RecordedInteraction> ofUser(UserId user, Page page) {
    return reading.read(List.of(), (session, tenant) -> ofUser(session, tenant, user, page));
  }

  @Override
  public List<RecordedInteraction> ofEntity(EntityKey entity, Page page) {
    return reading.read(
        List.of(),
        (session, tenant) -> {
          List<Integer> numbers = numbers(session, tenant, entity);
          if (numbers.isEmpty()) return List.of();
          After after = page.after().orElse(BEFORE_ALL);
          Selection found =
              session
                  .dialect()
                  .interactionsOf(
                      new EntityPage(tenant, numbers, after, page.limit(), page.offset()));
          return session.list(
              RecordedRows.select(found.sql()) + " order by i.at desc, i.position desc",
              row -> RecordedRows.read(session, row),
              found.arguments().toArray());
        });
  }

  @Override
  public void scan(String type, long afterPosition, Consumer<Scanned> reader) {
    Pages.each(
        afterPosition,
        SCANNED_AT_ONCE,
        (from, limit) ->
            reading.read(
                List.<Scanned>of(),
                (session, tenant) ->
                    session.list(SCANNED, JdbcInteractions::scanned, tenant, type, from, limit)),
        Scanned::position,
        reader);
  }

  @Override
  public List<Kept> inOrder(Between between, long afterPosition, int limit) {
    long from = between.from().map(Micros::of).orElse(Long.MIN_VALUE);
    long until = between.until().map(Micros::of).orElse(Long.MAX_VALUE);
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                IN_ORDER,
                row -> RecordedRows.readKept(session, row),
                tenant,
                afterPosition,
                from,
                until,
                limit));
  }

  @Override
  public void folded(UserId user, Consumer<Folded> reader) {
    OptionalInt number = new JdbcUsers(reading).number(user);
    if (number.isPresent()) PastRows.ofUser(reading, number.getAsInt(), reader);
  }

  @Override
  public Map<Integer, Instant> newestOf(List<Integer> users) {
    if (users.isEmpty()) return Map.of();
    Map<Integer, Instant> newest = new HashMap<>();
    for (Newest one :
        reading.read(
            List.<Newest>of(),
            (session, tenant) ->
                session.list(NEWEST, Newest::read, tenant, session.numbers(users)))) {
      one.at().ifPresent(at -> newest.put(one.user(), at));
    }
    return newest;
  }

  private record Newest(int user, Optional<Instant> at) {

    static Newest read(ResultSet row) throws SQLException {
      int user = row.getInt(1);
      long micros = row.getLong(2);
      Instant kept = row.wasNull() ? Instant.MIN : Micros.toInstant(micros);
      long millis = row.getLong(3);
      Instant past = row.wasNull() ? Instant.MIN : Instant.ofEpochMilli(millis);
      Instant newest = kept.isBefore(past) ? past : kept;
      return new Newest(user, newest.equals(Instant.MIN) ? Optional.empty() : Optional.of(newest));
    }
  }

  private static Scanned scanned(ResultSet row) throws SQLException {
    return new Scanned(
        row.getLong(1),
        new UserId(row.getString(2)),
        EntityKey.of(row.getString(3), row.getString(4)),
        Micros.toInstant(row.getLong(5)));
  }

  /** The numbers that an entity of that key has and had before it was deleted; newest first. */
  private static List<Integer> numbers(Session session, int tenant, EntityKey entity)
      throws SQLException {
    return session.list(
        """
        select e.entity
        from entity_types t join entities e on e.tenant = t.tenant and e.type = t.type
        where t.tenant = ? and t.name = ? and e.entity_id = ?
        order by e.entity desc limit ?
        """,
        row -> row.getInt(1),
        tenant,
        entity.type().value(),
        entity.id().value(),
        LIVES_MAX);
  }

  private static List<RecordedInteraction> ofUser(
      Session session, int tenant, UserId user, Page page) throws SQLException {
    After after = page.after().orElse(BEFORE_ALL);
    // The page is cut out before names are looked up, so that it is all that is looked up.
    String rows =
        """
        (select position, at, tenant, "user", entity, type, weight
         from interactions
         where tenant = ? and "user" = (select "user" from users where tenant = ? and user_id = ?)
           and at <= ? and (at < ? or position < ?)
         order by at desc, position desc limit ? offset ?)
        """;
    return session.list(
        RecordedRows.select(rows) + " order by i.at desc, i.position desc",
        row -> RecordedRows.read(session, row),
        tenant,
        tenant,
        user.value(),
        after.atMicros(),
        after.atMicros(),
        after.position(),
        page.limit(),
        page.offset());
  }
}
