package dev.kindred.collect.features;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.kindred.collect.Follower;
import dev.kindred.collect.VectorMaker;
import dev.kindred.domain.Entity;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store;
import java.util.List;

/**
 * Makes vectors with the statistics of each tenant, which it looks up once and again when they have
 * changed. Safe for any number of threads.
 */
public final class TenantVectors implements VectorMaker, Follower {

  private static final int TENANTS_KEPT = 1_000;

  private final Store store;
  private final FeatureVectors vectors;
  private final LoadingCache<TenantId, FeatureStatistics> statistics =
      Caffeine.newBuilder().maximumSize(TENANTS_KEPT).build(this::kept);

  public TenantVectors(Store store, int dimension) {
    this.store = store;
    this.vectors = new FeatureVectors(dimension);
  }

  @Override
  public int dimension() {
    return vectors.dimension();
  }

  @Override
  public FeatureVector make(TenantId tenant, JsonObject attributes) {
    FeatureStatistics present = statistics.get(tenant);
    return new FeatureVector(vectors.of(attributes, present), Math.toIntExact(present.version()));
  }

  @Override
  public Entity upToDate(TenantId tenant, Entity entity) {
    FeatureVector vector = entity.vector();
    boolean stands = vector.isGiven() || vector.madeWith() == statistics.get(tenant).version();
    if (stands) return entity;
    return new Entity(
        entity.key(),
        entity.attributes(),
        make(tenant, entity.attributes()),
        entity.availability(),
        entity.createdAt(),
        entity.updatedAt());
  }

  @Override
  public void follow(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.FeatureStatisticsChanged changed) {
        statistics.invalidate(store.tenants().named(changed.tenant()));
      }
    }
  }

  private FeatureStatistics kept(TenantId tenant) {
    return store
        .tenant(tenant)
        .featureStatistics()
        .map(kept -> FeatureStatistics.ofBytes(kept.bytes()))
        .orElse(FeatureStatistics.initial());
  }
}
