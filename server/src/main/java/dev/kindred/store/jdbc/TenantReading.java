package dev.kindred.store.jdbc;

import dev.kindred.domain.TenantId;
import java.sql.SQLException;
import java.util.OptionalInt;

/** Reads one tenant's rows, and no others: every query gets the tenant's number from here. */
record TenantReading(Database database, JdbcTenants tenants, TenantId id) {

  /** A query about one tenant. */
  interface Query<T> {
    T of(Session session, int tenant) throws SQLException;
  }

  /**
   * @param none the answer while nothing of this tenant was ever kept
   */
  <T> T read(T none, Query<T> query) {
    OptionalInt tenant = tenants.number(id);
    if (tenant.isEmpty()) return none;
    return database.read(session -> query.of(session, tenant.getAsInt()));
  }
}
