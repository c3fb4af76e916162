package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Part;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Catalog;
import dev.kindred.store.Store;
import dev.kindred.store.TenantStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every tenant's {@link LiveTenant} in step with the log.
 *
 * <p>One thread at a time may call {@link #follow}, {@link #load} and {@link #catchUp}; the rest is
 * safe for any number of threads.
 */
public final class Learning implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

  /** Changes whenever another state would come of the same log. */
  private static final int STATE_VERSION = 2;

  /** Entities that are read at once where vectors are read again; writers wait for that. */
  private static final int RENEWED_AT_ONCE = 32;

  private final Store store;
  private final int vectorDimension;
  private final SegmentPlan plan;
  private final LongSupplier nanoTime;
  private final Optional<VectorFetcher> fetcher;
  private final Map<TenantId, LiveTenant> tenants = new ConcurrentHashMap<>();
  private final Map<Integer, LiveTenant> byNumber = new HashMap<>();
  private final Map<LiveTenant, Unread> behind = new ConcurrentHashMap<>();

  /** Catalogue and users were read when the log ended there. */
  private long namesAsOf;

  /** Held by who changes tenants as the log says, and for a moment by who captures them all. */
  private final ReentrantLock following = new ReentrantLock();

  private volatile long position;

  /** Whether all that was told has been taken in. */
  private boolean isWhole = true;

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
    this.fetcher =
        store
            .vectorIndex()
            .map(index ->
                new VectorFetcher(index, VectorFetcher.Limits.of(store.pool().max()), nanoTime));
  }

  /** What is known about a tenant; nothing where nothing was ever written. */
  public LiveTenant tenant(TenantId id) {
    LiveTenant known = tenants.get(id);
    return known == null ? newTenant(id) : known;
  }

  private LiveTenant newTenant(TenantId id) {
    return new LiveTenant(id, vectorDimension, nanoTime, plan, fetcher);
  }

  /** How often the database was asked what is near. */
  public long vectorsAsked() {
    return fetcher.map(VectorFetcher::asked).orElse(0L);
  }

  /** How often a list had to do without that. */
  public long vectorsUnanswered() {
    return fetcher.map(VectorFetcher::unanswered).orElse(0L);
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
    LiveTenant tenant = newTenant(id);
    TenantStore stored = store.tenant(id);
    tenant.kinds(Kinds.of(stored.types().numbered()));
    tenant.settings(stored.settings().current().settings());
    return tenant;
  }

  /** Takes the next events of the log. */
  public void follow(List<Event> events) {
    following.lock();
    try {
      boolean wasWhole = isWhole;
      isWhole = false;
      take(events);
      position = events.getLast().position();
      isWhole = wasWhole;
    } finally {
      following.unlock();
    }
  }

  private void take(List<Event> events) {
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
    if (behind.isEmpty()) return;
    following.lock();
    try {
      behind.forEach((tenant, unread) -> read(tenant, unread));
    } finally {
      following.unlock();
    }
  }

  /**
   * Makes lists of what goes on around items anew that somebody may ask for; one thread at a time.
   * Never throws.
   */
  public void renewStandings() {
    try {
      tenants.values().forEach(LiveTenant::renewStandings);
    } catch (RuntimeException failure) {
      LOG.warn("lists of what is popular could not be made anew", failure);
    }
  }

  @Override
  public String name() {
    return "learned";
  }

  @Override
  public String madeBy() {
    return "version %d, dimension %d%s, %s"
        .formatted(
            STATE_VERSION, vectorDimension, fetcher.isPresent() ? " in the database" : "", plan);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public Optional<Captured> capture() {
    for (LiveTenant tenant : tenants.values()) {
      int statistics = statistics(tenant.id());
      if (tenant.read(() -> tenant.vintage().isBehind(statistics))) renewVectors(tenant);
      if (tenant.read(() -> tenant.vintage().isBehind(statistics))) return Optional.empty();
    }
    var pieces = new LinkedHashMap<TenantId, Piece>();
    following.lock();
    try {
      if (!isWhole || !behind.isEmpty()) return Optional.empty();
      for (LiveTenant tenant : tenants.values()) {
        if (tenant.vintage().isMixed()) return Optional.empty();
        pieces.put(tenant.id(), tenant.read(tenant::capture));
      }
      return Optional.of(
          new Captured(
              position,
              out -> {
                out.number(pieces.size());
                for (var tenant : pieces.entrySet()) {
                  out.text(tenant.getKey().value());
                  tenant.getValue().write(out);
                }
              }));
    } finally {
      following.unlock();
    }
  }

  @Override
  public void restore(Input in, long upTo) throws IOException {
    var read = new LinkedHashMap<TenantId, LiveTenant>();
    for (int left = in.number(); left > 0; left--) {
      var id = new TenantId(in.text());
      LiveTenant tenant = begin(id);
      tenant.read(in, statistics(id));
      read.put(id, tenant);
    }
    tenants.putAll(read);
    namesAsOf = upTo;
    position = upTo;
  }

  /**
   * Vectors are made anew when a catalogue has outgrown its statistics, of which the log says only
   * that it begins. So they are read again, a few at a time.
   */
  private void renewVectors(LiveTenant tenant) {
    tenant.change(() -> tenant.vintage().allVectors(Integer.MAX_VALUE));
    boolean isDone = false;
    try {
      Catalog catalog = store.tenant(tenant.id()).catalog();
      int end = tenant.read(tenant::entitiesEnd);
      for (int from = 0; from < end; from += RENEWED_AT_ONCE) {
        List<Integer> numbers =
            IntStream.range(from, Math.min(end, from + RENEWED_AT_ONCE)).boxed().toList();
        following.lock();
        try {
          var entities = catalog.numbered(numbers);
          tenant.change(() -> entities.forEach(tenant::put));
        } finally {
          following.unlock();
        }
      }
      isDone = true;
    } finally {
      if (!isDone) tenant.change(() -> tenant.vintage().allVectors(0));
    }
  }

  private int statistics(TenantId id) {
    return store.tenant(id).featureStatistics().map(FeatureStatisticsBytes::version).orElse(0);
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
      case Event.BehavioursPurged purged -> tenant.purged(purged.beforeMicros());
      // What else happens is no matter for lists, or was read from the store already.
      default -> {}
    }
  }
}
