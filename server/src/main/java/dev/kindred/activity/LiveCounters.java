package dev.kindred.activity;

import dev.kindred.activity.ProductCounter.What;
import dev.kindred.collect.Follower;
import dev.kindred.domain.Event;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is going on with each product while it happens. Follows the log of all tenants; holds
 * so many products and so many viewers at most, those where something happened last. Nothing of it
 * is kept: it fills again within a day. Safe for any number of threads.
 */
public final class LiveCounters implements Follower {

  /**
   * How much is held.
   *
   * @param products of all tenants together
   * @param viewers of all products together
   * @param viewersOfProduct of one; beyond that the oldest are not counted
   */
  public record Limits(int products, int viewers, int viewersOfProduct) {
    public static final Limits DEFAULT = new Limits(10_000, 100_000, 1_000);
  }

  private record Product(int tenant, int entity) {}

  private record Type(int tenant, int type) {}

  private static final int TYPES_MAX = 10_000;

  /** What happens up to so much later than now is taken for now. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final Store store;
  private final InstantSource clock;
  private final Limits limits;

  /** Where something happened longest ago first. */
  private final SequencedMap<Product, ProductCounter> counters = new LinkedHashMap<>();

  /** What a type counts as; absent: not looked up yet, null inside: nothing. */
  private final Map<Type, @Nullable What> kinds = new HashMap<>();

  /** The tenants of whom something was heard, by name. */
  private final Map<TenantId, Integer> tenants = new HashMap<>();

  private int viewers;

  public LiveCounters(Store store, InstantSource clock, Limits limits) {
    this.store = store;
    this.clock = clock;
    this.limits = limits;
  }

  /** What is going on with an entity. */
  public synchronized Activity of(TenantId tenant, int entity) {
    Integer number = tenants.get(tenant);
    ProductCounter counter = number == null ? null : counters.get(new Product(number, entity));
    if (counter == null) return Activity.NONE;
    long now = micros(clock.instant());
    viewers -= counter.forgetGone(now);
    return counter.activity(now);
  }

  @Override
  public synchronized void follow(List<Event> events) {
    Instant now = clock.instant();
    for (Event event : events) {
      switch (event) {
        case Event.Interacted one ->
            count(
                new Product(one.tenant(), one.entity()),
                one.type(),
                one.user(),
                1,
                one.atMicros(),
                now);
        case Event.InteractionRemoved one ->
            count(
                new Product(one.tenant(), one.entity()),
                one.type(),
                one.user(),
                -1,
                one.atMicros(),
                now);
        case Event.EntityDeleted deleted -> forget(new Product(deleted.tenant(), deleted.entity()));
        case Event.UserErased erased -> forgetUser(erased.tenant(), erased.user());
        default -> {}
      }
    }
  }

  private void count(Product product, int type, int user, int by, long atMicros, Instant now) {
    long nowMicros = micros(now);
    if (atMicros <= nowMicros - ProductCounter.RECENT.toNanos() / 1_000) return;
    if (atMicros > nowMicros + CLOCKS_DIFFER.toNanos() / 1_000) return;
    What what = kind(new Type(product.tenant(), type));
    if (what == null) return;
    ProductCounter counter = by > 0 ? counters.remove(product) : counters.get(product);
    if (by < 0) {
      if (counter != null) counter.count(what, by, Math.min(atMicros, nowMicros), nowMicros);
      return;
    }
    if (counter == null) counter = new ProductCounter();
    counters.putLast(product, counter);
    counter.count(what, by, Math.min(atMicros, nowMicros), nowMicros);
    boolean isNow = atMicros > nowMicros - ProductCounter.VIEWING.toNanos() / 1_000;
    if (what == What.VIEW && isNow) {
      viewers -= counter.forgetGone(nowMicros);
      viewers += counter.sees(user, atMicros, limits.viewersOfProduct());
    }
    while (counters.size() > limits.products() || viewers > limits.viewers()) {
      forget(counters.firstEntry().getKey());
    }
  }

  private @Nullable What kind(Type type) {
    if (kinds.containsKey(type)) return kinds.get(type);
    if (kinds.size() >= TYPES_MAX) {
      kinds.clear();
      tenants.clear();
    }
    TenantId tenant = store.tenants().named(type.tenant());
    tenants.put(tenant, type.tenant());
    What what =
        switch (name(tenant, type.type())) {
          case "view", "click" -> What.VIEW;
          case "add_to_cart" -> What.CART;
          case "purchase" -> What.SALE;
          default -> null;
        };
    kinds.put(type, what);
    return what;
  }

  private String name(TenantId tenant, int type) {
    return store.tenant(tenant).types().numbered().stream()
        .filter(numbered -> numbered.number() == type)
        .map(numbered -> numbered.type().name())
        .findFirst()
        .orElse("");
  }

  private void forget(Product product) {
    ProductCounter gone = counters.remove(product);
    if (gone != null) viewers -= gone.viewers();
  }

  private void forgetUser(int tenant, int user) {
    for (var each : counters.entrySet()) {
      if (each.getKey().tenant() == tenant && each.getValue().forget(user)) viewers--;
    }
  }

  synchronized int products() {
    return counters.size();
  }

  synchronized int viewers() {
    return viewers;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
