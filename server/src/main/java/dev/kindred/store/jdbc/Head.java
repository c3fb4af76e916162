package dev.kindred.store.jdbc;

import java.sql.SQLException;

/**
 * The end of the log while a transaction holds it: the newest position and the newest numbers, from
 * which the next ones are taken.
 *
 * <p>Its row is locked first and committed last. Therefore positions have no gaps, and whoever sees
 * one sees all before it: nobody can take the next before this one is visible.
 */
final class Head {

  private final long before;
  private long position;
  private int tenants;
  private int users;
  private int entities;

  private Head(long position, int tenants, int users, int entities) {
    this.before = position;
    this.position = position;
    this.tenants = tenants;
    this.users = users;
    this.entities = entities;
  }

  /** Waits until this transaction alone may append. */
  static Head lock(Session session) throws SQLException {
    return session
        .first(
            """
            select h.position, h.tenants, h.users, h.entities from log_head h where h.id = 1
            for update of h
            """,
            row -> new Head(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4)))
        .orElseThrow(() -> new IllegalStateException("the log has no head"));
  }

  void store(Session session) throws SQLException {
    session.later(
        """
        update log_head set position = ?, tenants = ?, users = ?, entities = ? where id = 1
        """,
        position,
        tenants,
        users,
        entities);
  }

  /** Where the log ended when this transaction took hold of it. */
  long before() {
    return before;
  }

  long position() {
    return position;
  }

  boolean hasMoved() {
    return position != before;
  }

  long nextPosition() {
    return ++position;
  }

  int nextTenant() {
    return ++tenants;
  }

  int nextUser() {
    users = Math.incrementExact(users);
    return users;
  }

  int nextEntity() {
    entities = Math.incrementExact(entities);
    return entities;
  }

  /** Everything as it is now, to go back to. */
  Head copy() {
    return new Head(position, tenants, users, entities);
  }

  void goBackTo(Head earlier) {
    position = earlier.position;
    tenants = earlier.tenants;
    users = earlier.users;
    entities = earlier.entities;
  }
}
