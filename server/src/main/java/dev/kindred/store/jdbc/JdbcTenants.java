package dev.kindred.store.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store.Tenants;
import java.util.List;
import java.util.OptionalInt;

/** The tenants there are. A tenant's number never changes, so it may be remembered. */
final class JdbcTenants implements Tenants {

  private static final int REMEMBERED_MAX = 10_000;

  private final Database database;
  private final Cache<TenantId, Integer> numbers =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).executor(Runnable::run).build();
  private final Cache<Integer, TenantId> names =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).executor(Runnable::run).build();

  JdbcTenants(Database database) {
    this.database = database;
  }

  @Override
  public List<TenantId> all() {
    return database.read(session ->
        session.list(
            "select tenant_id from tenants order by tenant_id",
            row -> new TenantId(row.getString(1))));
  }

  @Override
  public TenantId named(int number) {
    TenantId remembered = names.getIfPresent(number);
    if (remembered != null) return remembered;
    TenantId found =
        database
            .read(session ->
                session.first(
                    "select tenant_id from tenants where tenant = ?",
                    row -> new TenantId(row.getString(1)),
                    number))
            .orElseThrow(() -> new IllegalArgumentException("no tenant has the number " + number));
    names.put(number, found);
    return found;
  }

  @Override
  public boolean exists(TenantId id) {
    return number(id).isPresent();
  }

  /** The number of a tenant that was written to. */
  OptionalInt number(TenantId id) {
    Integer remembered = numbers.getIfPresent(id);
    if (remembered != null) return OptionalInt.of(remembered);
    OptionalInt found =
        database.read(session ->
            session
                .first(
                    "select tenant from tenants where tenant_id = ?",
                    row -> OptionalInt.of(row.getInt(1)),
                    id.value())
                .orElse(OptionalInt.empty()));
    found.ifPresent(number -> numbers.put(id, number));
    return found;
  }
}
