package dev.kindred.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.domain.TenantId;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import java.time.Duration;

/**
 * Profiles that were asked for lately. Whatever somebody does makes theirs anew; what only the
 * catalogue says, such as another price, is in it when its time is over or when it is refreshed. To
 * be asked within the tenant's reading, from any number of threads.
 */
public final class BuyerProfiles {
  private static final int PROFILES_KEPT = 20_000;

  private final Cache<Key, BuyerProfile> known;

  private record Key(TenantId tenant, Shelf shelf, int items, int user, int userChanges) {}

  public BuyerProfiles(Duration kept, Ticker ticker) {
    known =
        Caffeine.newBuilder()
            .maximumSize(PROFILES_KEPT)
            .expireAfterWrite(kept)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * What somebody's deeds say of them.
   *
   * @param user a number, or -1 for somebody who is not known
   */
  public BuyerProfile of(LiveTenant tenant, Shelf shelf, int user) {
    Deeds deeds = tenant.deeds(user);
    return known.get(key(tenant, shelf, user, deeds), any -> BuyerProfile.of(tenant, shelf, deeds));
  }

  /** Makes it anew. */
  public BuyerProfile refresh(LiveTenant tenant, Shelf shelf, int user) {
    known.invalidate(key(tenant, shelf, user, tenant.deeds(user)));
    return of(tenant, shelf, user);
  }

  private static Key key(LiveTenant tenant, Shelf shelf, int user, Deeds deeds) {
    return new Key(tenant.id(), shelf, shelf.size(), user, deeds.changes());
  }

  /** Forgets all of them. */
  public void clear() {
    known.invalidateAll();
  }
}
