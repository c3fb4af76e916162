package dev.kindred.collect.features;

import dev.kindred.collect.Follower;
import dev.kindred.collect.VectorMaker;
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
import java.util.function.Consumer;

/**
 * Keeps statistics in step with growing catalogues, and made vectors in step with the statistics.
 *
 * <p>It follows the log to know whose catalogue may have outgrown its statistics. {@link #run} is
 * for a job, of which one runs for a tenant at a time; everything else may be called from any
 * thread.
 */
public final class VectorUpkeep implements Follower {

  private static final int REFRESHED_AT_ONCE = 500;

  private final Store store;
  private final Consumer<Submission> keep;
  private final VectorMaker vectors;

  /** How many entities may come before a look is worth while; absent: before the first look. */
  private final Map<TenantId, Long> roomLeft = new ConcurrentHashMap<>();

  /**
   * What was done for a tenant.
   *
   * @param version of the statistics now in force
   * @param entities how many there are
   * @param refreshed how many got a new vector
   */
  public record Done(int version, long entities, long refreshed) {}

  /**
   * @param keep has a submission kept, and returns when {@code vectors} knows of it
   */
  public VectorUpkeep(Store store, Consumer<Submission> keep, VectorMaker vectors) {
    this.store = store;
    this.keep = keep;
    this.vectors = vectors;
  }

  @Override
  public void follow(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.EntityPut put) {
        TenantId tenant = store.tenants().named(put.tenant());
        roomLeft.computeIfPresent(tenant, (name, left) -> left - 1);
      }
    }
  }

  /** The tenants for whom it is worth while to run. */
  public List<TenantId> due() {
    return store.tenants().all().stream()
        .filter(tenant -> roomLeft.getOrDefault(tenant, 0L) <= 0)
        .toList();
  }

  /**
   * Puts the next statistics in force if the catalogue has outgrown the present ones, and gives new
   * vectors to all entities whose vectors were made with older ones.
   *
   * @param goOn called again and again; may throw to end the run, of which what was done stays
   */
  public Done run(TenantId tenant, Runnable goOn) {
    var sample = new CatalogueSample();
    catalog(tenant)
        .scanAttributes((key, attributes) -> {
          goOn.run();
          sample.add(key, attributes);
        });
    FeatureStatistics statistics = present(tenant);
    if (sample.seen() >= statistics.outgrownAt()) {
      putInForce(tenant, sample.after(statistics));
      statistics = present(tenant);
    }
    long refreshed = refresh(tenant, statistics.version(), goOn);
    roomLeft.put(tenant, statistics.outgrownAt() - sample.seen());
    return new Done(statistics.version(), sample.seen(), refreshed);
  }

  private FeatureStatistics present(TenantId tenant) {
    return FeatureStatistics.of(store.tenant(tenant).featureStatistics());
  }

  /** If another replica was quicker, its statistics are in force, which is as good. */
  private void putInForce(TenantId tenant, FeatureStatistics next) {
    var bytes = new FeatureStatisticsBytes(next.version(), next.toBytes());
    keep.accept(Submission.of(tenant, new Change.PutFeatureStatistics(bytes)));
  }

  private long refresh(TenantId tenant, int version, Runnable goOn) {
    var outdated = new ArrayList<Integer>();
    long[] refreshed = {0};
    catalog(tenant)
        .scanVersions((number, madeWith) -> {
          goOn.run();
          if (madeWith == version || madeWith == FeatureVector.GIVEN) return;
          outdated.add(number);
          if (outdated.size() < REFRESHED_AT_ONCE) return;
          refreshed[0] += refresh(tenant, outdated);
          outdated.clear();
        });
    return refreshed[0] + refresh(tenant, outdated);
  }

  /** Gives entities of these numbers their new vectors; returns how many needed one still. */
  private int refresh(TenantId tenant, List<Integer> outdated) {
    var refreshed = new ArrayList<Numbered>();
    for (Numbered numbered : catalog(tenant).numbered(outdated)) {
      if (numbered.entity().isEmpty()) continue;
      Entity entity = numbered.entity().get();
      Entity upToDate = vectors.upToDate(tenant, entity);
      if (upToDate.vector().madeWith() == entity.vector().madeWith()) continue;
      refreshed.add(new Numbered(numbered.number(), numbered.key(), Optional.of(upToDate)));
    }
    catalog(tenant).refreshVectors(refreshed);
    return refreshed.size();
  }

  private Catalog catalog(TenantId tenant) {
    return store.tenant(tenant).catalog();
  }
}
