package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.store.jdbc.EntityPage.Selection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;

/** Where SQLite and PostgreSQL differ. All other SQL is written once. */
interface Dialect {

  /** Whether each statement is a journey to another process. */
  boolean isRemote();

  /** The folder of migrations that only this database has. */
  String name();

  /** A statement in this database's words; see {@link Session}. */
  String translate(String sql);

  /** Many texts as one argument. */
  Object texts(Connection connection, Collection<String> texts) throws SQLException;

  /** Many whole numbers as one argument. */
  Object numbers(Connection connection, Collection<? extends Number> numbers) throws SQLException;

  /** A JSON object as an argument. */
  Object json(JsonObject object);

  /** A JSON object as the database returned it. */
  JsonObject json(byte[] stored);

  void insert(Session session, Rows rows) throws SQLException;

  /**
   * Inserts those rows that no unique index forbids.
   *
   * @param key the column, not null, that tells the rows of a batch apart
   * @return the indexes of those that were left out
   */
  BitSet insertNew(Session session, Rows rows, String key) throws SQLException;

  /** Sets every other column of the rows whose first columns are these. */
  void update(Session session, Rows rows, int keyColumns) throws SQLException;

  /**
   * Finds stored interactions.
   *
   * @param rows of {@link Tables#INTERACTIONS}; found by who did what with which entity, and when
   * @return the positions at which they are stored, in the order of the rows
   */
  long[] positions(Session session, Rows rows) throws SQLException;

  /** Selects what was done with an entity; the page is cut out before names are looked up. */
  Selection interactionsOf(EntityPage page);

  /** Whether an error means that nothing is wrong with the statement: a later try may succeed. */
  boolean isTransient(SQLException error);

  /** Whether an error means that the database cannot work now, and trying at once is no use. */
  boolean isOutage(SQLException error);

  /** Whether an error means that the database does not take one of the values. */
  boolean isRefusal(SQLException error);

  /**
   * Lets the commit of this transaction return before it is on the disk, where that can be had:
   * what it changes is no harm to lose with the power, as long as nothing later stays.
   */
  void letCommitLinger(Session session) throws SQLException;

  /** Makes the transaction that has begun the only one that migrates. */
  void beginMigration(Session session) throws SQLException;

  /**
   * Makes the transaction that has begun the only one of all that say this name, until it ends;
   * waits for another.
   */
  void beAlone(Session session, String name) throws SQLException;

  /** The words that stand as <code>${word}</code> in migrations. */
  Map<String, String> words();

  /** What this database is and how it is set up, for people. */
  Map<String, String> describe(Session session) throws SQLException;
}
