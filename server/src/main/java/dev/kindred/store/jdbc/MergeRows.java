package dev.kindred.store.jdbc;

import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who was merged into whom, as it is stored. */
final class MergeRows {

  private static final String MERGES =
      """
      select merge_id, from_id, into_id, moved, at, undone from user_merges where tenant = ?
      """;

  private MergeRows() {}

  static Optional<UserMerge> find(Session session, int tenant, String mergeId) throws SQLException {
    return session.first(MERGES + " and merge_id = ?", MergeRows::merge, tenant, mergeId);
  }

  static List<UserMerge> of(Session session, int tenant, UserId user, int limit)
      throws SQLException {
    return session.list(
        MERGES + " and (from_id = ? or into_id = ?) order by position desc limit ?",
        MergeRows::merge,
        tenant,
        user.value(),
        user.value(),
        limit);
  }

  private static UserMerge merge(ResultSet row) throws SQLException {
    long undone = row.getLong(6);
    Optional<Instant> undoneAt =
        row.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(undone));
    return new UserMerge(
        row.getString(1),
        new UserId(row.getString(2)),
        new UserId(row.getString(3)),
        row.getLong(4),
        Micros.toInstant(row.getLong(5)),
        undoneAt);
  }

  /** Forgets the merges that a user was part of. */
  static void erase(Session session, int tenant, UserId user) throws SQLException {
    session.update(
        "delete from user_merges where tenant = ? and (from_id = ? or into_id = ?)",
        tenant,
        user.value(),
        user.value());
  }
}
