package dev.kindred.store.jdbc;

import java.sql.SQLException;

/** Keeps copies of vectors for searching, in the transaction that changes them. */
interface VectorKeeper {

  /** Searches are done elsewhere. */
  VectorKeeper NONE = (session, writes) -> {};

  void write(Session session, VectorWrites writes) throws SQLException;
}
