package dev.kindred.store.jdbc;

/**
 * What one transaction that appends to the log has in hand.
 *
 * @param now the one instant of everything in it
 */
record Appending(Session session, Head head, Numbers numbers, VectorKeeper vectors, long now) {

  /** A line of the log about one thing of a tenant; returns its position. */
  long note(Rows events, int tenant, EventKind kind, int subject) {
    long position = head.nextPosition();
    events.add(position, null, null, tenant, subject, null, kind.code, null, null, null, null);
    return position;
  }
}
