package dev.kindred.store.jdbc;

import dev.kindred.domain.BehaviourSum;
import java.sql.SQLException;
import java.util.List;

/**
 * Moves sums of behaviours from one user to another. Each has a line in the log when it goes and
 * one when it comes, as interactions have. What was done with deleted entities stays, as it does
 * there.
 */
final class SumMoving {

  private static final String MOVABLE =
      """
       p.tenant = ? and p."user" = ? and p.moved_by >= ? and p.moved_by <= ?
        and exists (select 1 from entities e
          where e.tenant = p.tenant and e.entity = p.entity and e.deleted = 0)
      """;

  private final Appending appending;
  private final Session session;
  private final int tenant;

  SumMoving(Appending appending, int tenant) {
    this.appending = appending;
    this.session = appending.session();
    this.tenant = tenant;
  }

  /** Which sums of a user are meant. */
  record Selection(int user, long movedByFrom, long movedByUpTo) {

    /** Theirs, and those that merges have brought them. */
    static Selection all(int user) {
      return new Selection(user, 0, Long.MAX_VALUE);
    }

    /** Those that a merge has brought and that are still there. */
    static Selection brought(int user, long merge) {
      return new Selection(user, merge, merge);
    }
  }

  /** One for each kind, at most so many. */
  List<BehaviourSum> sums(Selection selection, int most) throws SQLException {
    return session.list(
        PastRows.COLUMNS + " where" + MOVABLE + PastRows.BY_KIND + " limit ?",
        PastRows::read,
        tenant,
        selection.user(),
        selection.movedByFrom(),
        selection.movedByUpTo(),
        most);
  }

  /** Says in the log that they go to another user. */
  void tell(List<BehaviourSum> sums, int into) throws SQLException {
    var events = new Rows(Tables.EVENTS);
    for (BehaviourSum sum : sums) add(events, EventKind.SUM_TAKEN, sum);
    for (BehaviourSum sum : sums) add(events, EventKind.SUM_GIVEN, sum.by(into));
    appending.insert(events);
  }

  private void add(Rows events, EventKind kind, BehaviourSum sum) {
    events.add(
        appending.head().nextPosition(),
        null,
        null,
        sum.tenant(),
        sum.user(),
        sum.entity(),
        kind.code,
        (short) sum.type(),
        SumCode.encode(sum),
        null,
        null);
  }

  /**
   * Has them be another user's.
   *
   * @param movedBy the position of the merge that brings them; 0 where they become their own
   */
  void move(Selection selection, List<BehaviourSum> sums, int into, long movedBy)
      throws SQLException {
    if (sums.isEmpty()) return;
    session.update(
        "delete from behaviours_past as p where" + MOVABLE,
        tenant,
        selection.user(),
        selection.movedByFrom(),
        selection.movedByUpTo());
    var rows = new Rows(Tables.BEHAVIOURS_PAST);
    for (BehaviourSum sum : sums) PastRows.add(rows, sum.by(into), movedBy);
    session.insert(rows);
  }
}
