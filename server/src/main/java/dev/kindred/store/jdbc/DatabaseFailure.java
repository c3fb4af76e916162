package dev.kindred.store.jdbc;

import java.sql.SQLException;

/** The database refused a statement that should have been right: a mistake of ours. */
final class DatabaseFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseFailure(SQLException cause) {
    super("the database refused a statement, SQL state " + cause.getSQLState(), cause);
  }
}
