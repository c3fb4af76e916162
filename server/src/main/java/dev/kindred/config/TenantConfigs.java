package dev.kindred.config;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The configuration of each tenant, worked out again only when the tenant's settings or the
 * server's have changed. Safe for any number of threads.
 */
public final class TenantConfigs {
  private final LiveConfig all;
  private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

  private record Known(JsonObject own, Config base, Config config) {}

  public TenantConfigs(LiveConfig all) {
    this.all = all;
  }

  /**
   * The configuration in force for a tenant.
   *
   * @param own what the tenant has set for itself now
   */
  public Config of(TenantId tenant, JsonObject own) {
    Config base = all.get();
    if (own.isEmpty()) return base;
    Known before = known.get(tenant);
    if (before != null && before.own().equals(own) && before.base().equals(base))
      return before.config();
    var now = new Known(own, base, all.forTenant(own));
    known.put(tenant, now);
    return now.config();
  }
}
