package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Tenants' settings as rows, one a version. */
final class SettingsRows {

  static final TenantSettings NONE = new TenantSettings(0, JsonObject.EMPTY, Instant.EPOCH);

  private SettingsRows() {}

  /** The newest first. */
  static List<TenantSettings> newest(Session session, int tenant, int limit) throws SQLException {
    return session.list(
        """
        select version, settings, at from tenant_settings
        where tenant = ? order by version desc limit ?
        """,
        row -> {
          JsonObject settings = session.json(row, 2);
          return new TenantSettings(
              row.getLong(1),
              settings == null ? JsonObject.EMPTY : settings,
              Micros.toInstant(row.getLong(3)));
        },
        tenant,
        limit);
  }

  static void insert(Session session, int tenant, TenantSettings settings) throws SQLException {
    session.update(
        """
        insert into tenant_settings (tenant, version, settings, at)
        values (?, ?, cast(? as jsonb), ?)
        """,
        tenant,
        settings.version(),
        settings.settings(),
        Micros.of(settings.at()));
  }
}
