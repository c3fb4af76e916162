package dev.kindred.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction that appends to the log has in hand.
 *
 * @param hopeful whether new interactions are taken to be new, so that the database refuses the
 *     whole transaction when one is there already
 * @param now the one instant of everything in it
 */
record Appending(
    Session session,
    Head head,
    Numbers numbers,
    VectorKeeper vectors,
    NewEvents newEvents,
    boolean hopeful,
    long now) {

  /** A line of the log about one thing of a tenant; returns its position. */
  long note(Rows events, int tenant, EventKind kind, int subject) {
    long position = head.nextPosition();
    events.add(position, null, null, tenant, subject, null, kind.code, null, null, null, null);
    return position;
  }

  /** Writes lines of the log. */
  void insert(Rows events) throws SQLException {
    session.insert(events);
    if (!newEvents.areWanted()) return;
    for (@Nullable Object[] values : events.values()) {
      EventRow row = EventRow.of(values);
      // A reader meets a line that has moved at its old place, and so it was told already.
      if (!row.isMoved()) newEvents.add(row.event());
    }
  }
}
