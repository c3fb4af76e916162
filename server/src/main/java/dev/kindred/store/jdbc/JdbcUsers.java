package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The users of a tenant. */
final class JdbcUsers implements Users {

  /** So many rows are read at once where all are asked for. */
  private static final int SCANNED_AT_ONCE = 5_000;

  private static final String PROFILES =
      """
      select u.user_id, u.attributes, u.created, u.updated,
        (select count(*) from interactions i where i.tenant = u.tenant and i."user" = u."user")
      from users u where u.tenant = ?
      """;

  private static final String NUMBERED =
      """
      select "user", user_id, attributes from users where tenant = ?
      """;

  private final TenantReading reading;

  JdbcUsers(TenantReading reading) {
    this.reading = reading;
  }

  @Override
  public Optional<UserProfile> find(UserId user) {
    return reading.read(
        Optional.empty(),
        (session, tenant) ->
            session.first(
                PROFILES + " and u.user_id = ?",
                row -> profile(session, row),
                tenant,
                user.value()));
  }

  @Override
  public OptionalInt number(UserId user) {
    return reading.read(
        OptionalInt.empty(),
        (session, tenant) ->
            session
                .first(
                    """
                    select "user" from users where tenant = ? and user_id = ?
                    """,
                    row -> OptionalInt.of(row.getInt(1)),
                    tenant,
                    user.value())
                .orElse(OptionalInt.empty()));
  }

  @Override
  public List<UserProfile> page(Optional<UserId> after, int limit) {
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                PROFILES + " and u.user_id > ? order by u.user_id limit ?",
                row -> profile(session, row),
                tenant,
                after.map(UserId::value).orElse(""),
                limit));
  }

  @Override
  public void scan(int afterNumber, Consumer<Numbered> reader) {
    Pages.each(
        afterNumber,
        SCANNED_AT_ONCE,
        (from, limit) ->
            reading.read(
                List.<Numbered>of(),
                (session, tenant) ->
                    session.list(
                        NUMBERED
                            + """
                            and "user" > ? order by "user" limit ?
                            """,
                        row -> numbered(session, row),
                        tenant,
                        from,
                        limit)),
        Numbered::number,
        reader);
  }

  @Override
  public List<Numbered> numbered(List<Integer> numbers) {
    if (numbers.isEmpty()) return List.of();
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                NUMBERED
                    + """
                    and "user" = any(?) order by "user"
                    """,
                row -> numbered(session, row),
                tenant,
                session.numbers(numbers)));
  }

  @Override
  public Optional<UserMerge> merge(String mergeId) {
    return reading.read(
        Optional.empty(), (session, tenant) -> MergeRows.find(session, tenant, mergeId));
  }

  @Override
  public List<UserMerge> merges(UserId user, int limit) {
    return reading.read(List.of(), (session, tenant) -> MergeRows.of(session, tenant, user, limit));
  }

  private static UserProfile profile(Session session, ResultSet row) throws SQLException {
    return new UserProfile(
        new UserId(row.getString(1)),
        attributes(session, row, 2),
        Micros.toInstant(row.getLong(3)),
        Micros.toInstant(row.getLong(4)),
        row.getLong(5));
  }

  private static Numbered numbered(Session session, ResultSet row) throws SQLException {
    return new Numbered(row.getInt(1), new UserId(row.getString(2)), attributes(session, row, 3));
  }

  private static JsonObject attributes(Session session, ResultSet row, int column)
      throws SQLException {
    JsonObject attributes = session.json(row, column);
    return attributes == null ? JsonObject.EMPTY : attributes;
  }
}
