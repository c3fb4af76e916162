package dev.kindred.store;

import dev.kindred.domain.TenantId;
import dev.kindred.testing.SettableClock;
import java.time.Clock;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of all roles have in common: a fresh store, a clock that stands still, and a
 * tenant to work with.
 *
 * <p>A store's own test extends each contract as a {@code @Nested} class and says how an empty one
 * is made.
 */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
public abstract class StoreContract {

  private final Function<Clock, Store> emptyStore;

  protected SettableClock clock;
  protected Store store;
  protected Shop shop;

  /**
   * @param emptyStore makes a store that holds nothing and takes the time from that clock
   */
  protected StoreContract(Function<Clock, Store> emptyStore) {
    this.emptyStore = emptyStore;
  }

  @BeforeEach
  void open() {
    clock = SettableClock.atNoon();
    store = emptyStore.apply(clock);
    shop = shop("shop");
  }

  @AfterEach
  void close() {
    store.close();
  }

  protected Shop shop(String tenant) {
    return new Shop(store, new TenantId(tenant), clock);
  }
}
