package dev.kindred.store.jdbc;

/** The database's tables are not what this program can work with; says what to do about it. */
public final class MigrationProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MigrationProblem(String message) {
    super(message);
  }

  MigrationProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
