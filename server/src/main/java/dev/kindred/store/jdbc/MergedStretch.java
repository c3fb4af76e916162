package dev.kindred.store.jdbc;

import dev.kindred.domain.UserMerge;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Which interactions of a stretch of the log came by merges that can still be undone. */
final class MergedStretch {

  private record Merge(long last, long position) {}

  private final TreeMap<Long, Merge> byFirst = new TreeMap<>();

  private MergedStretch() {}

  /** Those of a tenant, after a position and up to another. */
  static MergedStretch read(Session session, int tenant, long after, long upTo)
      throws SQLException {
    var stretch = new MergedStretch();
    session.each(
        """
        select first, last, position from user_merges
        where tenant = ? and last > ? and last < ? and first <= ? and undone is null
        """,
        row -> stretch.byFirst.put(row.getLong(1), new Merge(row.getLong(2), row.getLong(3))),
        tenant,
        after,
        // No merge is longer, so the index need not be read to its end.
        upTo + UserMerge.INTERACTIONS_MAX,
        upTo);
    return stretch;
  }

  /** The position of the merge that recorded an interaction; 0 where none did. */
  long by(long position) {
    Map.Entry<Long, Merge> before = byFirst.floorEntry(position);
    return before == null || before.getValue().last() < position ? 0 : before.getValue().position();
  }
}
