package dev.kindred.http;

import dev.kindred.collect.BehaviourIntake;
import dev.kindred.collect.BulkIntake;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.TenantZones;
import dev.kindred.collect.VectorMaker;
import dev.kindred.domain.JsonObject;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.recommend.Lists;
import dev.kindred.store.Store;
import dev.kindred.transfer.Importer;
import dev.kindred.transfer.RecordIntake;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Every route of the product but those that tell how the server is.
 *
 * @param jobIds makes a new id at each call
 * @param recordsMax how many rows a bulk request as JSON may have now
 * @param tenantSettings refuses settings that a tenant may not have
 * @param lists where lists come from
 */
public record Api(
    Store store,
    GroupCommit commit,
    EntityIntake entities,
    InteractionIntake interactions,
    BulkIntake bulk,
    VectorMaker vectors,
    InstantSource clock,
    Supplier<String> jobIds,
    IntSupplier recordsMax,
    Consumer<JsonObject> tenantSettings,
    Counted counted,
    Lists lists) {

  /** What counts what users did. */
  public record Counted(BehaviourIntake intake, TenantZones zones, Behaviours behaviours) {}

  public List<Route> routes() {
    var writes = new Writes(commit);
    var bulkApi = new BulkApi(writes, bulk, jobIds, clock, recordsMax);
    return Stream.of(
            new EntitiesApi(store, writes, entities, vectors).routes(),
            new ProductsApi(writes, entities).routes(),
            new InteractionsApi(store, writes, interactions).routes(),
            bulkApi.routes(),
            behaviours(writes, bulkApi),
            new ImportApi(writes, importer(), jobIds, clock).routes(),
            new ExportApi(store).routes(),
            new InteractionTypesApi(store, writes).routes(),
            new UsersApi(store, writes, clock, () -> "merge_" + jobIds.get().replace("job_", ""))
                .routes(),
            new JobsApi(store, writes, clock).routes(),
            new KeysApi(store, writes, clock).routes(),
            new TenantsApi(store, writes, tenantSettings).routes(),
            new RecommendationsApi(lists).routes(),
            new ModelsApi(store, writes, jobIds, new JobWait(store.jobs(), clock)).routes(),
            new ShopListsApi(lists).routes(),
            new ApiDocs().routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> behaviours(Writes writes, BulkApi bulkApi) {
    return Stream.of(
            new BehavioursApi(writes, counted.intake(), counted.zones(), bulkApi).routes(),
            new CleanupApi(writes, jobIds).routes(),
            new AnalyticsApi(store, counted.behaviours(), clock).routes(),
            new ContentApi(store, writes, entities, counted.behaviours()).routes(),
            new EmbeddingsApi(store, writes, entities, vectors, lists.learning()).routes())
        .flatMap(List::stream)
        .toList();
  }

  private Importer importer() {
    return new Importer(
        new RecordIntake(entities, interactions),
        commit::keep,
        Thread.ofVirtual().name("import-commit").factory(),
        Importer.BatchSize.AMONG_OTHERS);
  }
}
