package dev.kindred.store.jdbc;

import java.sql.SQLException;

/** The rows that a batch has to write, of all tenants together. */
final class Writes {

  final Rows newUsers = new Rows(Tables.USERS);
  final Rows changedUsers = new Rows(Tables.USERS);
  final Rows newEntities = new Rows(Tables.ENTITIES);
  final Rows changedEntities = new Rows(Tables.ENTITIES);
  final VectorWrites vectors = new VectorWrites();

  /** Writes them; changes first, as a deletion makes room for a new row of the same name. */
  void write(Session session) throws SQLException {
    session.update(changedUsers, Tables.NUMBER_COLUMNS);
    session.insert(newUsers);
    session.update(changedEntities, Tables.NUMBER_COLUMNS);
    session.insert(newEntities);
  }
}
