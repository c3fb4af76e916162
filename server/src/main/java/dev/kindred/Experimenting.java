package dev.kindred;

import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.Tail;
import dev.kindred.domain.JsonObject;
import dev.kindred.http.ExperimentRoutes;
import dev.kindred.http.Route;
import dev.kindred.measure.experiments.Exposures;
import dev.kindred.measure.experiments.ServedExperiments;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The parts that make experiments, put together. */
final class Experimenting implements AutoCloseable {

  private final Exposures exposures;
  private final ServedExperiments served;

  Experimenting(Store store, GroupCommit commit, InstantSource clock) {
    exposures = new Exposures(commit::keep);
    served = new ServedExperiments(store, exposures, clock);
  }

  /** Follows the log from its present end on. */
  void follow(Tail tail) {
    tail.tell(served::follow, tail.position());
    served.warm();
  }

  /**
   * @param tenantSettings refuses settings that a tenant may not have
   */
  List<Route> routes(
      Store store, GroupCommit commit, InstantSource clock, Consumer<JsonObject> tenantSettings) {
    return new ExperimentRoutes(store, commit, clock, exposures::flush, tenantSettings).routes();
  }

  ServedExperiments served() {
    return served;
  }

  /** Keeps who was served until now; to be called several times a second. */
  void flush() {
    exposures.flush();
  }

  @Override
  public void close() {
    exposures.flush();
  }
}
