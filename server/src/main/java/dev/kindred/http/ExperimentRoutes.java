package dev.kindred.http;

import dev.kindred.collect.GroupCommit;
import dev.kindred.domain.JsonObject;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every route about experiments.
 *
 * @param flush has everybody kept who was served by experiments until now
 * @param tenantSettings refuses settings that a tenant may not have
 */
public record ExperimentRoutes(
    Store store,
    GroupCommit commit,
    InstantSource clock,
    Runnable flush,
    Consumer<JsonObject> tenantSettings) {

  public List<Route> routes() {
    var writes = new Writes(commit);
    var conversions = new ConversionsApi(store, writes, clock, flush);
    return Stream.of(
            new ExperimentsApi(store, writes, clock).routes(),
            conversions.routes(),
            new ConclusionsApi(store, writes, tenantSettings).routes(),
            new AbTestingApi(store, writes, clock, conversions, flush).routes(),
            new AbEventsApi(writes, clock, flush).routes())
        .flatMap(List::stream)
        .toList();
  }
}
