package dev.kindred.collect.features;

import dev.kindred.collect.Follower;
import dev.kindred.collect.GroupCommit;
import dev.kindred.domain.Change;
import dev.kindred.domain.Entity;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Catalog;
import dev.kindred.store.Catalog.Numbered;
import dev.kindred.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Learns how the attributes of a tenant's catalogue are distributed, each time it has about
 * doubled, and makes the stored vectors anew with that.
 *
 * <p>So over its life an entity's vector is made a handful of times. Until the last of them is
 * made, readers make those that are behind on the fly. Safe for any number of threads.
 */
public final class FeatureLearning implements Follower {

  private static final int VECTORS_A_WRITE = 500;

  private final Store store;
  private final GroupCommit commit;
  private final FeatureVectors vectors;

  /** Entities that were put since a tenant was last looked at, on this replica. */
  private final Map<TenantId, AtomicLong> puts = new ConcurrentHashMap<>();

  /** A replica that has just started does not know what was put before. */
  private volatile boolean isFirstLook = true;

  public FeatureLearning(Store store, GroupCommit commit, int dimension) {
    this.store = store;
    this.commit = commit;
    this.vectors = new FeatureVectors(dimension);
  }

  @Override
  public void follow(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.EntityPut put) {
        TenantId tenant = store.tenants().named(put.tenant());
        puts.computeIfAbsent(tenant, _ -> new AtomicLong()).incrementAndGet();
      }
    }
  }

  /** The tenants whose catalogues may have outgrown what is known of them. */
  public List<TenantId> candidates() {
    if (isFirstLook) {
      isFirstLook = false;
      return store.tenants().all();
    }
    return puts.entrySet().stream()
        .filter(put ->
            known(put.getKey()).isOutgrownBy(known(put.getKey()).entities() + put.getValue().get()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Looks at a tenant's catalogue, and learns if it has grown enough.
   *
   * @param goOn called now and then; throws to stop
   * @return whether something was learned
   */
  public boolean learn(TenantId tenant, Runnable goOn) {
    puts.remove(tenant);
    FeatureStatistics known = known(tenant);
    var sample = new CatalogueSample();
    long[] entities = {0};
    Catalog catalog = store.tenant(tenant).catalog();
    catalog.scan(
        0,
        row -> {
          if (row.entity().isEmpty()) return;
          sample.add(row.key(), row.entity().get().attributes());
          if (++entities[0] % VECTORS_A_WRITE == 0) goOn.run();
        });
    if (!known.isOutgrownBy(entities[0])) return false;
    FeatureStatistics learned = sample.after(known);
    var bytes = new FeatureStatisticsBytes((int) learned.version(), learned.toBytes());
    commit.keep(Submission.of(tenant, new Change.PutFeatureStatistics(bytes)));
    makeAnew(catalog, learned, goOn);
    return true;
  }

  private FeatureStatistics known(TenantId tenant) {
    return store
        .tenant(tenant)
        .featureStatistics()
        .map(kept -> FeatureStatistics.ofBytes(kept.bytes()))
        .orElse(FeatureStatistics.initial());
  }

  private void makeAnew(Catalog catalog, FeatureStatistics statistics, Runnable goOn) {
    var made = new ArrayList<Numbered>(VECTORS_A_WRITE);
    catalog.scan(
        0,
        row -> {
          if (row.entity().isEmpty() || row.entity().get().vector().isGiven()) return;
          made.add(made(row, row.entity().get(), statistics));
          if (made.size() < VECTORS_A_WRITE) return;
          goOn.run();
          catalog.refreshVectors(List.copyOf(made));
          made.clear();
        });
    if (!made.isEmpty()) catalog.refreshVectors(made);
  }

  private Numbered made(Numbered row, Entity entity, FeatureStatistics statistics) {
    float[] values = vectors.of(entity.attributes(), statistics);
    Entity anew =
        new Entity(
            entity.key(),
            entity.attributes(),
            new FeatureVector(values, (int) statistics.version()),
            entity.availability(),
            entity.createdAt(),
            entity.updatedAt());
    return new Numbered(row.number(), row.key(), Optional.of(anew));
  }
}
