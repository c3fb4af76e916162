package dev.kindred.recommend;

import dev.kindred.domain.Conflict;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.ServedBy;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.SegmentPlan;
import dev.kindred.learn.Shelf;
import dev.kindred.recommend.CachedRecommender.Served;
import dev.kindred.recommend.Variants.Asked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Where everybody gets lists from: knows the tenants' live state, what each has set, and the time.
 *
 * @param settings what a tenant has set about its lists
 * @param experiments by which variant a user is served now
 * @param ids makes a new id at each call
 * @param took told how many nanoseconds a list took
 * @param watch is told of each list that is shown
 */
public record Lists(
    Learning learning,
    CachedRecommender cached,
    Recommender recommender,
    Function<LiveTenant, Settings> settings,
    BiFunction<TenantId, UserId, Optional<ServedBy>> experiments,
    Supplier<String> ids,
    ObjLongConsumer<Algorithm> took,
    InstantSource clock,
    Watch watch) {

  /** Is told of each list that is shown. Quick. */
  @FunctionalInterface
  public interface Watch {
    Watch NOBODY = (_, _, _, _, _) -> {};

    void shown(
        TenantId tenant, Request request, Optional<ServedBy> by, String id, Recommendation list);
  }

  /** The same, with somebody who is told of the lists. */
  public Lists telling(Watch told) {
    return new Lists(learning, cached, recommender, settings, experiments, ids, took, clock, told);
  }

  /**
   * How lists are made for a tenant, and how long they may be.
   *
   * @param defaults parameters of requests that do not name them
   */
  public record Settings(
      Preferences preferences, int usualCount, int mostCount, Map<String, String> defaults) {}

  /** How many items a list may have, and has where nobody says. */
  public record Counts(int usual, int most) {}

  /** The list that a request asks for. */
  public Served of(TenantId id, Request request) {
    LiveTenant tenant = learning.tenant(id);
    long start = System.nanoTime();
    Served served =
        cached.recommend(tenant, request, settings.apply(tenant).preferences(), nowMicros());
    took.accept(request.algorithm(), System.nanoTime() - start);
    return served;
  }

  /** The list; an empty one for somebody who is held out. */
  public Served of(TenantId tenant, Asked asked) {
    Served made = of(tenant, asked.request());
    if (!asked.isForNobody()) return made;
    int held = made.recommendation().items().size();
    var nothing = made.recommendation().withoutItems(Map.of("holdout", held));
    return new Served(nothing, made.position(), made.isHit(), new CachedRecommender.Form());
  }

  public Recommender.Ranked rank(TenantId id, Request request, List<String> entityIds) {
    LiveTenant tenant = learning.tenant(id);
    return recommender.rank(
        tenant, request, entityIds, settings.apply(tenant).preferences(), nowMicros());
  }

  public Recommendation complement(TenantId id, Request request) {
    LiveTenant tenant = learning.tenant(id);
    return recommender.complement(
        tenant, request, settings.apply(tenant).preferences(), nowMicros());
  }

  public List<Recommender.Named> named(TenantId id, List<String> entityIds, EntityType first) {
    return recommender.named(learning.tenant(id), entityIds, first, nowMicros());
  }

  /** The newest position that is in the tenant's lists. */
  public long position(TenantId id) {
    LiveTenant tenant = learning.tenant(id);
    return tenant.read(tenant::position);
  }

  public Counts counts(TenantId id) {
    Settings own = settings.apply(learning.tenant(id));
    return new Counts(own.usualCount(), own.mostCount());
  }

  public Map<String, String> defaults(TenantId id) {
    return settings.apply(learning.tenant(id)).defaults();
  }

  /** By what users of a tenant fall into segments. */
  public SegmentPlan segmentPlan(TenantId id) {
    return learning.tenant(id).segmentPlan();
  }

  public Optional<ServedBy> servedBy(TenantId id, UserId user) {
    return experiments.apply(id, user);
  }

  public double windowDays(TenantId id, Request request) {
    return request
        .windowDays()
        .orElseGet(() -> settings.apply(learning.tenant(id)).preferences().trendingDays());
  }

  /** The type of an entity that is there; refuses if the caller must say which one is meant. */
  public EntityType typeOf(TenantId id, EntityId entity, Optional<EntityType> said) {
    LiveTenant tenant = learning.tenant(id);
    List<EntityType> types =
        tenant.read(() -> {
          var found = new ArrayList<EntityType>(1);
          for (Shelf shelf : tenant.shelves()) {
            if (shelf.isOf(said) && shelf.find(entity.value()) >= 0) found.add(shelf.type());
          }
          return found;
        });
    if (types.isEmpty()) throw NotFound.entity(new EntityRef(entity, said.orElse(null)));
    if (types.size() > 1) throw Conflict.ambiguous(entity, types);
    return types.getFirst();
  }

  /** The same request, for entities that are not among those shown already. */
  public Request without(Request request, Collection<String> shown) {
    return request.excluding(shown);
  }

  /** Gives a list that is about to be shown its id. */
  public String shown(TenantId tenant, Asked asked, Served served) {
    String id = newId();
    watch.shown(tenant, asked.request(), asked.by(), id, served.recommendation());
    return id;
  }

  public String newId() {
    return ids.get();
  }

  public Instant now() {
    return clock.instant();
  }

  private long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
