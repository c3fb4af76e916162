package dev.kindred.collect;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/**
 * In which time zone the users of each tenant live; looked up once, and again when the tenant's
 * settings have changed. Safe for any number of threads.
 */
public final class TenantZones implements Follower {

  private static final int TENANTS_KEPT = 1_000;

  private final Store store;
  private final LoadingCache<TenantId, ZoneId> zones;

  /**
   * @param zone what a tenant's own settings say, over the server's
   */
  public TenantZones(Store store, Function<JsonObject, ZoneId> zone) {
    this.store = store;
    this.zones =
        Caffeine.newBuilder()
            .maximumSize(TENANTS_KEPT)
            .build(tenant -> zone.apply(store.tenant(tenant).settings().current().settings()));
  }

  public ZoneId of(TenantId tenant) {
    return zones.get(tenant);
  }

  /** Looks all of them up again: the server's own setting has changed. */
  public void forget() {
    zones.invalidateAll();
  }

  @Override
  public void follow(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.SettingsChanged changed) {
        zones.invalidate(store.tenants().named(changed.tenant()));
      }
    }
  }
}
