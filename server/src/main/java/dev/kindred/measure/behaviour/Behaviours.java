package dev.kindred.measure.behaviour;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Part;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.store.Store;
import dev.kindred.store.Users;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What users did, counted as it happens, and asked.
 *
 * <p>It follows the log, before a write is acknowledged, and keeps the counts in memory: they are
 * the same on every replica and on every database, because they are sums of whole numbers over the
 * same log. {@link #follow} is called by one thread at a time; everything else by any.
 */
public final class Behaviours implements Part {

  /** Changes whenever another state would come of the same log. */
  private static final int STATE_VERSION = 2;

  private static final Duration SIMILAR_KEPT = Duration.ofHours(24);
  private static final int SIMILAR_CACHED = 10_000;
  private static final int READ_AT_ONCE = 10_000;
  private static final int LOADS_MAX = 10;

  /** So many similar users are looked for, however few are asked for. */
  public static final int SIMILAR_MAX = 100;

  private final Store store;
  private final InstantSource clock;
  private final Map<Integer, TenantBehaviour> tenants = new ConcurrentHashMap<>();
  private final Map<TenantId, Descriptions> byId = new ConcurrentHashMap<>();

  /** Held by who follows the log, and for a moment by who captures all tenants. */
  private final ReentrantLock following = new ReentrantLock();

  private volatile long position;

  /** Whether all that was told has been counted. */
  private boolean isWhole = true;

  private final Cache<SimilarKey, List<SimilarUser>> similar =
      Caffeine.newBuilder().maximumSize(SIMILAR_CACHED).expireAfterWrite(SIMILAR_KEPT).build();

  /** Everything that an answer depends on; so one that is cached is the one that is made afresh. */
  private record SimilarKey(TenantId tenant, int user, GenreTerm term, long version) {}

  public Behaviours(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Counts everything there is: what is no longer kept one by one, and then the log. To be called
   * once, before anybody asks or {@link #follow}s.
   *
   * @return the position up to which it is counted
   */
  public long load() {
    for (int tries = 0; ; tries++) {
      long folds = store.retention().folds();
      long before = store.log().head();
      store.retention().past(this::given);
      long after = store.log().head();
      boolean isWhole = followToTheEnd(before, after) && store.retention().folds() == folds;
      if (isWhole || tries == LOADS_MAX) return position;
      tenants.clear();
      byId.clear();
    }
  }

  private void given(BehaviourSum sum) {
    TenantBehaviour tenant = tenants.computeIfAbsent(sum.tenant(), this::begin);
    tenant.lock.writeLock().lock();
    try {
      tenant.given(sum);
    } finally {
      tenant.lock.writeLock().unlock();
    }
  }

  /**
   * Follows the log from its beginning, where the sums are those of its end.
   *
   * @param before up to there all that merges moved is in the sums already
   * @param after and from there on nothing of it is
   * @return whether nothing was moved in between, of which some may be in the sums and some not
   */
  private boolean followToTheEnd(long before, long after) {
    position = 0;
    boolean isWhole = true;
    while (true) {
      var events = new ArrayList<Event>();
      long next = store.log().read(position, READ_AT_ONCE, events::add);
      if (next == position) return isWhole;
      for (Event event : events) {
        if (isOfSums(event)) isWhole &= event.position() <= before || event.position() > after;
      }
      events.removeIf(event -> isOfSums(event) && event.position() <= before);
      follow(events);
      position = next;
    }
  }

  private static boolean isOfSums(Event event) {
    return event instanceof Event.SumTaken || event instanceof Event.SumGiven;
  }

  /** Counts what is new; each event once and in order. */
  public void follow(List<Event> events) {
    following.lock();
    try {
      boolean wasWhole = isWhole;
      isWhole = false;
      count(events);
      if (!events.isEmpty()) position = events.getLast().position();
      isWhole = wasWhole;
    } finally {
      following.unlock();
    }
  }

  private void count(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.Interacted interacted -> change(event, tenant -> tenant.interacted(interacted));
        case Event.Reweighed reweighed -> change(event, tenant -> tenant.reweighed(reweighed));
        case Event.InteractionRemoved removed -> change(event, tenant -> tenant.removed(removed));
        case Event.UserErased erased -> change(event, tenant -> tenant.erased(erased.user()));
        case Event.EntityPut put -> change(event, tenant -> tenant.entityPut(put.entity()));
        case Event.EntityDeleted deleted ->
            change(event, tenant -> tenant.entityDeleted(deleted.entity()));
        case Event.SumTaken taken -> change(event, tenant -> tenant.taken(taken.sum()));
        case Event.SumGiven given -> change(event, tenant -> tenant.given(given.sum()));
        case Event.BehavioursPurged purged ->
            change(event, tenant -> tenant.purged(Math.floorDiv(purged.beforeMicros(), 1_000L)));
        case Event.InteractionTypeChanged _ -> change(event, TenantBehaviour::typeChanged);
        default -> {}
      }
    }
  }

  @Override
  public String name() {
    return "behaviours";
  }

  @Override
  public String madeBy() {
    return "version " + STATE_VERSION + ", rows " + UserHistory.ROWS_MAX;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public Optional<Captured> capture() {
    var pieces = new LinkedHashMap<Integer, Piece>();
    following.lock();
    try {
      if (!isWhole) return Optional.empty();
      tenants.forEach((number, tenant) -> {
        tenant.lock.writeLock().lock();
        try {
          pieces.put(number, tenant.capture());
        } finally {
          tenant.lock.writeLock().unlock();
        }
      });
      return Optional.of(
          new Captured(
              position,
              out -> {
                out.number(pieces.size());
                for (var tenant : pieces.entrySet()) {
                  out.number(tenant.getKey());
                  tenant.getValue().write(out);
                }
              }));
    } finally {
      following.unlock();
    }
  }

  @Override
  public void restore(Input in, long upTo) throws IOException {
    var read = new LinkedHashMap<Integer, TenantBehaviour>();
    for (int left = in.number(); left > 0; left--) {
      int number = in.number();
      var tenant = fresh(store.tenants().named(number));
      tenant.read(in);
      read.put(number, tenant);
    }
    read.forEach((number, tenant) -> {
      tenants.put(number, tenant);
      byId.put(tenant.id, new Descriptions(tenant, store.tenant(tenant.id)));
    });
    position = upTo;
  }

  /** What a user did; nothing of somebody who is not known. */
  public UserAnalytics user(TenantId tenant, UserId user) {
    return ask(tenant, user, Reading.nothing(), Reading::user);
  }

  /** Who is like a user, the most similar first. */
  public List<SimilarUser> similar(TenantId tenant, UserId user, GenreTerm term, int limit) {
    List<SimilarUser> all =
        ask(
            tenant,
            user,
            List.of(),
            (counted, history) -> {
              var key = new SimilarKey(tenant, history.number, term, counted.version());
              List<SimilarUser> known = similar.getIfPresent(key);
              if (known != null) return known;
              List<SimilarUser> found = similar(counted, history, term);
              similar.put(key, found);
              return found;
            });
    return all.subList(0, Math.min(limit, all.size()));
  }

  private List<SimilarUser> similar(TenantBehaviour tenant, UserHistory user, GenreTerm term) {
    var similarity = new Similarity(tenant, user);
    List<Similarity.Found> found = similarity.best(term, SIMILAR_MAX);
    Map<Integer, UserId> names = new HashMap<>();
    List<Integer> numbers = found.stream().map(Similarity.Found::number).toList();
    for (Users.Numbered one : store.tenant(tenant.id).users().numbered(numbers)) {
      names.put(one.number(), one.id());
    }
    var users = new ArrayList<SimilarUser>(found.size());
    for (Similarity.Found one : found) {
      UserId name = names.get(one.number());
      // Whoever was erased a moment ago has no name any more.
      if (name == null) continue;
      users.add(
          new SimilarUser(
              name, one.similarity(), similarity.commonInterests(one.user()), one.shared()));
    }
    return List.copyOf(users);
  }

  /**
   * What users made of a title; empty where nobody has ever named it. Of what was named, nothing
   * may be left to count: it was taken back, or who did it was erased.
   */
  public Optional<ContentMetrics> content(TenantId tenant, EntityKey key) {
    OptionalInt entity = store.tenant(tenant).catalog().number(key);
    if (entity.isEmpty()) return Optional.empty();
    int hour = TenantBehaviour.hour(clock.instant().toEpochMilli());
    return ask(
        tenant,
        counted -> {
          Title title = counted.titles.find(entity.getAsInt());
          if (title != null && title.isDeleted) return Optional.empty();
          Description said = title == null ? null : title.description;
          if (said == null) said = Description.of(key, Optional.empty(), Instant.EPOCH);
          return Optional.of(Reading.content(counted, title, said, hour));
        });
  }

  /**
   * The course of events.
   *
   * @param from on the hour
   * @param until on the hour
   * @param bucket in whole hours
   */
  public Overview overview(TenantId tenant, Instant from, Instant until, Duration bucket) {
    return ask(tenant, counted -> overview(counted, from, until, bucket));
  }

  private static Overview overview(
      TenantBehaviour counted, Instant from, Instant until, Duration bucket) {
    return new OverviewScan(counted, from.toEpochMilli(), until.toEpochMilli(), bucket.toMillis())
        .run();
  }

  /** How many interactions of a tenant are kept raw, and when the newest of all happened. */
  public record Extent(long raw, Optional<Instant> lastActivity) {}

  public Extent extent(TenantId tenant) {
    Descriptions described = byId.get(tenant);
    if (described == null) return new Extent(0, Optional.empty());
    return described.ask(counted -> {
      long last = Long.MIN_VALUE;
      for (UserHistory user : counted.users.all()) last = Math.max(last, user.totals.last);
      return new Extent(
          counted.raw(),
          last == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)));
    });
  }

  /** The tenants that have a behaviour older than so many days of theirs, 0 meaning for ever. */
  public List<TenantId> withBehaviourOlderThan(ToIntFunction<TenantId> days) {
    var found = new ArrayList<TenantId>();
    for (TenantBehaviour tenant : tenants.values()) {
      int kept = days.applyAsInt(tenant.id);
      if (kept > 0 && oldest(tenant) < clock.millis() - Duration.ofDays(kept).toMillis()) {
        found.add(tenant.id);
      }
    }
    return found;
  }

  private static long oldest(TenantBehaviour tenant) {
    tenant.lock.readLock().lock();
    try {
      return tenant.oldestBehaviour();
    } finally {
      tenant.lock.readLock().unlock();
    }
  }

  private <T> T ask(
      TenantId tenant, UserId user, T nothing, BiFunction<TenantBehaviour, UserHistory, T> asked) {
    OptionalInt number = store.tenant(tenant).users().number(user);
    Descriptions described = byId.get(tenant);
    if (number.isEmpty() || described == null) return nothing;
    return described.ask(counted -> {
      UserHistory history = counted.users.find(number.getAsInt());
      return history == null ? nothing : asked.apply(counted, history);
    });
  }

  private <T> T ask(TenantId tenant, Function<TenantBehaviour, T> asked) {
    Descriptions described = byId.get(tenant);
    if (described == null) return asked.apply(new TenantBehaviour(tenant, List::of));
    return described.ask(asked);
  }

  private void change(Event event, Consumer<TenantBehaviour> change) {
    TenantBehaviour tenant = tenants.computeIfAbsent(event.tenant(), this::begin);
    tenant.lock.writeLock().lock();
    try {
      change.accept(tenant);
    } finally {
      tenant.lock.writeLock().unlock();
    }
  }

  private TenantBehaviour begin(int number) {
    TenantBehaviour tenant = fresh(store.tenants().named(number));
    byId.put(tenant.id, new Descriptions(tenant, store.tenant(tenant.id)));
    return tenant;
  }

  private TenantBehaviour fresh(TenantId id) {
    return new TenantBehaviour(id, () -> store.tenant(id).types().numbered());
  }
}
