package dev.kindred.learn;

import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store;
import dev.kindred.store.TenantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every tenant's {@link LiveTenant} in step with the log.
 *
 * <p>One thread at a time may call {@link #follow}, {@link #load} and {@link #catchUp}; the rest is
 * safe for any number of threads.
 */
public final class Learning {
  private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

  private final Store store;
  private final int vectorDimension;
  private final SegmentPlan plan;
  private final LongSupplier nanoTime;
  private final Map<TenantId, LiveTenant> tenants = new ConcurrentHashMap<>();
  private final Map<Integer, LiveTenant> byNumber = new HashMap<>();
  private final Map<LiveTenant, Unread> behind = new ConcurrentHashMap<>();

  /** Catalogue and users were read when the log ended there. */
  private long namesAsOf;

  /**
   * @param nanoTime goes on steadily; tells how old a list is
   */
  public Learning(Store store, int vectorDimension, LongSupplier nanoTime) {
    this(store, vectorDimension, nanoTime, SegmentPlan.USUAL);
  }

  /**
   * @param plan into which slices users fall
   */
  public Learning(Store store, int vectorDimension, LongSupplier nanoTime, SegmentPlan plan) {
    this.plan = plan;
    this.store = store;
    this.vectorDimension = vectorDimension;
    this.nanoTime = nanoTime;
  }

  /** What is known about a tenant; nothing where nothing was ever written. */
  public LiveTenant tenant(TenantId id) {
    LiveTenant known = tenants.get(id);
    return known == null ? new LiveTenant(id, vectorDimension, nanoTime, plan) : known;
  }

  /** Tenants whose names could not be read when that was due. */
  public int behind() {
    return behind.size();
  }

  public Collection<LiveTenant> tenants() {
    return tenants.values();
  }

  /** Reads names and catalogues of all tenants; the events themselves are to be told afterwards. */
  public void load() {
    namesAsOf = store.log().head();
    for (TenantId id : store.tenants().all()) {
      LiveTenant tenant = tenants.computeIfAbsent(id, this::begin);
      TenantStore stored = store.tenant(id);
      tenant.change(() -> {
        stored.catalog().scan(0, tenant::put);
        stored.users().scan(0, tenant::put);
      });
    }
  }

  private LiveTenant begin(TenantId id) {
    var tenant = new LiveTenant(id, vectorDimension, nanoTime, plan);
    TenantStore stored = store.tenant(id);
    tenant.kinds(Kinds.of(stored.types().numbered()));
    tenant.settings(stored.settings().current().settings());
    return tenant;
  }

  /** Takes the next events of the log. */
  public void follow(List<Event> events) {
    var byTenant = new HashMap<Integer, List<Event>>();
    for (Event event : events) {
      if (event.tenant() > 0) {
        byTenant.computeIfAbsent(event.tenant(), any -> new ArrayList<>()).add(event);
      }
    }
    byTenant.forEach((number, own) -> follow(numbered(number), own));
  }

  /** Reads what could not be read when it was due. Cheap where nothing is. */
  public void catchUp() {
    behind.forEach((tenant, unread) -> read(tenant, unread));
  }

  private LiveTenant numbered(int number) {
    return byNumber.computeIfAbsent(
        number, any -> tenants.computeIfAbsent(store.tenants().named(number), this::begin));
  }

  private void follow(LiveTenant tenant, List<Event> events) {
    Unread unread = behind.getOrDefault(tenant, new Unread());
    for (Event event : events) unread.note(event, tenant, event.position() > namesAsOf);
    if (!unread.isEmpty()) read(tenant, unread);
    tenant.change(() -> {
      for (Event event : events) {
        apply(tenant, event);
        // Lists do not change because lists were shown, so they are not of another position.
        if (!(event instanceof Event.ListsShown)) tenant.reached(event.position());
      }
    });
  }

  /** Names are read from the store, because events hold numbers only. */
  private void read(LiveTenant tenant, Unread unread) {
    TenantStore stored = store.tenant(tenant.id());
    try {
      var users = stored.users().numbered(unread.users());
      var entities = stored.catalog().numbered(unread.entities());
      var kinds =
          unread.hasKinds()
              ? Optional.of(Kinds.of(stored.types().numbered()))
              : Optional.<Kinds>empty();
      var settings =
          unread.hasSettings()
              ? Optional.of(stored.settings().current().settings())
              : Optional.<JsonObject>empty();
      tenant.change(() -> {
        kinds.ifPresent(tenant::kinds);
        settings.ifPresent(tenant::settings);
        users.forEach(tenant::put);
        entities.forEach(tenant::put);
      });
      behind.remove(tenant);
    } catch (RuntimeException failure) {
      if (behind.put(tenant, unread) == null) {
        LOG.warn("cannot read what the log tells of, tenant={}", tenant.id(), failure);
      }
    }
  }

  private static void apply(LiveTenant tenant, Event event) {
    switch (event) {
      case Event.Interacted interacted -> tenant.happened(interacted);
      case Event.Reweighed reweighed -> tenant.reweighed(reweighed);
      case Event.InteractionRemoved removed -> tenant.takenBack(removed);
      case Event.EntityDeleted deleted -> tenant.deleted(deleted.entity());
      case Event.UserErased erased -> tenant.erased(erased.user());
      // What else happens is no matter for lists, or was read from the store already.
      default -> {}
    }
  }
}
