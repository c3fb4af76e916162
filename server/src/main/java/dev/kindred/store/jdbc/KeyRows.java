package dev.kindred.store.jdbc;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** API keys as rows. */
final class KeyRows {

  private static final String SELECT =
      """
      select key_id, name, hash, kind, tenant_id, origins, requests_per_minute, created, revoked
      from api_keys
      """;

  private KeyRows() {}

  static List<ApiKey> all(Session session) throws SQLException {
    return session.list(SELECT + " order by number", KeyRows::read);
  }

  static Optional<ApiKey> find(Session session, String keyId) throws SQLException {
    return session.first(SELECT + " where key_id = ?", KeyRows::read, keyId);
  }

  static boolean isTaken(Session session, ApiKey key) throws SQLException {
    return session
        .first(
            "select 1 from api_keys where key_id = ? or hash = ?",
            row -> true,
            key.id(),
            key.hash())
        .isPresent();
  }

  static void insert(Session session, long number, ApiKey key) throws SQLException {
    session.update(
        """
        insert into api_keys
          (number, key_id, name, hash, kind, tenant_id, origins, requests_per_minute, created,
            revoked)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        number,
        key.id(),
        key.name(),
        key.hash(),
        key.kind().word(),
        key.tenant().map(TenantId::value).orElse(null),
        String.join("\n", key.origins()),
        key.requestsPerMinute().isPresent() ? (Integer) key.requestsPerMinute().getAsInt() : null,
        Micros.of(key.createdAt()),
        Micros.orNull(key.revokedAt()));
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    String tenant = row.getString(5);
    String origins = row.getString(6);
    int limit = row.getInt(7);
    OptionalInt requestsPerMinute = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(limit);
    long revoked = row.getLong(9);
    boolean isRevoked = !row.wasNull();
    return new ApiKey(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        ApiKey.Kind.of(row.getString(4)),
        Optional.ofNullable(tenant).map(TenantId::new),
        origins.isEmpty() ? List.of() : List.of(origins.split("\n", -1)),
        requestsPerMinute,
        Micros.toInstant(row.getLong(8)),
        isRevoked ? Optional.of(Micros.toInstant(revoked)) : Optional.empty());
  }
}
