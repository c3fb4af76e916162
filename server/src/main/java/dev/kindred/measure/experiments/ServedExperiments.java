package dev.kindred.measure.experiments;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.Experiment.State;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.ServedBy;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Knows by heart the experiment that changes each tenant's recommendations, and says by which of
 * its variants a user is served. Follows the log; answering reads nothing but memory. Safe for any
 * number of threads.
 */
public final class ServedExperiments {

  private static final int TENANTS_MAX = 10_000;
  private static final int TENANTS_WARMED = 1_000;

  /** An experiment with one ready answer a variant. */
  private record Running(Experiment experiment, List<Optional<ServedBy>> answers) {}

  private final Store store;
  private final Exposures exposures;
  private final InstantSource clock;
  private final LoadingCache<TenantId, Optional<Running>> byTenant =
      Caffeine.newBuilder().maximumSize(TENANTS_MAX).build(this::load);

  public ServedExperiments(Store store, Exposures exposures, InstantSource clock) {
    this.store = store;
    this.exposures = exposures;
    this.clock = clock;
  }

  /** Reads what is running now, so that no request has to; to be called before the first one. */
  public void warm() {
    store.tenants().all().stream()
        .limit(TENANTS_WARMED)
        .forEach(tenant -> byTenant.put(tenant, load(tenant)));
  }

  /**
   * The variant by which the user is served now, if there is one. That they were is kept in the
   * background.
   */
  public Optional<ServedBy> servedBy(TenantId tenant, UserId user) {
    Optional<Running> running = byTenant.get(tenant);
    if (running.isEmpty()) return Optional.empty();
    Experiment experiment = running.get().experiment();
    Instant now = clock.instant();
    if (!experiment.isOpenAt(now)) return Optional.empty();
    exposures.offer(tenant, experiment.name(), user, now);
    return running.get().answers().get(experiment.variantOf(user));
  }

  /** Takes the next events of the log. */
  public void follow(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.ExperimentChanged changed -> reload(store.tenants().named(changed.tenant()));
        case Event.UserErased _ -> exposures.forgetAll();
        default -> {}
      }
    }
  }

  private void reload(TenantId tenant) {
    // Dropped first: should the database be out of reach now, the next request tries again.
    byTenant.invalidate(tenant);
    byTenant.put(tenant, load(tenant));
  }

  private Optional<Running> load(TenantId tenant) {
    return store.tenant(tenant).experiments().all().stream()
        .filter(experiment -> experiment.state() == State.RUNNING)
        .filter(experiment -> experiment.design().isServed())
        .filter(experiment -> experiment.design().assignedBy() == AssignedBy.KINDRED)
        .findFirst()
        .map(ServedExperiments::running);
  }

  private static Running running(Experiment experiment) {
    List<Optional<ServedBy>> answers =
        experiment.design().variants().stream()
            .map(variant ->
                Optional.of(
                    new ServedBy(
                        experiment.name(),
                        variant.name(),
                        Parameters.of(variant.config()),
                        variant.holdout())))
            .toList();
    return new Running(experiment, answers);
  }
}
