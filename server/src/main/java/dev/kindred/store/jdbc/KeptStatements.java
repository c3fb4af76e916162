package dev.kindred.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are prepared once for a connection and used again and again, for a driver that
 * does not see to that itself. For one thread at a time.
 */
final class KeptStatements {

  /** Statements are ours and few; whatever is beyond this is prepared each time. */
  private static final int KEPT_MAX = 100;

  private final Map<String, PreparedStatement> kept = new HashMap<>();

  /** Whose statements they are; null before the first. */
  private @Nullable Connection connection;

  /** A statement in use; the next one to need it may have it after this is closed. */
  record Lent(PreparedStatement statement, boolean isKept) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      if (!isKept) statement.close();
    }
  }

  /**
   * @param pooled a connection of a pool, which would close its statements when it is given back:
   *     the one behind it does not
   */
  Lent prepare(Connection pooled, String sql) throws SQLException {
    Connection behind = pooled.unwrap(Connection.class);
    if (!behind.equals(connection)) {
      // The statements of a connection are closed with it.
      kept.clear();
      connection = behind;
    }
    PreparedStatement known = kept.get(sql);
    if (known != null) return new Lent(known, true);
    PreparedStatement made = behind.prepareStatement(sql);
    boolean isKept = kept.size() < KEPT_MAX;
    if (isKept) kept.put(sql, made);
    return new Lent(made, isKept);
  }

  /** After a failure nobody knows in which state they are. */
  void forget() {
    for (PreparedStatement statement : kept.values()) {
      try {
        statement.close();
      } catch (SQLException gone) {
        // With its connection, most likely; it is of no use either way.
      }
    }
    kept.clear();
  }
}
