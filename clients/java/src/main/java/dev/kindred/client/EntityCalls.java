package dev.kindred.client;

import dev.kindred.client.model.BulkReport;
import dev.kindred.client.model.Entity;
import dev.kindred.client.model.EntityBody;
import dev.kindred.client.model.EntityPage;
import dev.kindred.client.model.EntityPatch;
import dev.kindred.client.model.EntityQuery;
import dev.kindred.client.model.Job;
import dev.kindred.client.model.NewEntity;
import dev.kindred.client.model.Product;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Calls about entities: what may be recommended. */
abstract class EntityCalls extends Sender {

  private static final TypeReference<Entity> ENTITY = new TypeReference<>() {};
  private static final TypeReference<EntityPage> ENTITY_PAGE = new TypeReference<>() {};
  private static final TypeReference<BulkReport> REPORT = new TypeReference<>() {};
  private static final TypeReference<Job> JOB = new TypeReference<>() {};

  EntityCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /** Creates an entity; one that exists already is a {@link ApiException.Conflict}. */
  public Entity createEntity(NewEntity entity) {
    return createEntity(entity, EntityQuery.all());
  }

  /** Creates an entity, or with {@code upsert} replaces one that exists. */
  public Entity createEntity(NewEntity entity, EntityQuery query) {
    return json(
        Call.of(Operation.CREATE_ENTITY)
            .query(query)
            .body(entity.withDefault("attributes", Map.of())),
        ENTITY);
  }

  /** Reads an entity whose id no other type uses. */
  public Entity getEntity(String entityId) {
    return getEntity(entityId, EntityQuery.all());
  }

  /** Reads an entity, or parts of it. */
  public Entity getEntity(String entityId, EntityQuery query) {
    return json(Call.of(Operation.GET_ENTITY).path("entity_id", entityId).query(query), ENTITY);
  }

  /** Replaces an entity; with {@code upsert} creates one that is not there. */
  public Entity replaceEntity(String entityId, EntityBody body, EntityQuery query) {
    return json(
        Call.of(Operation.REPLACE_ENTITY).path("entity_id", entityId).query(query).body(body),
        ENTITY);
  }

  /** Changes parts of an entity. */
  public Entity patchEntity(String entityId, EntityPatch patch, EntityQuery query) {
    return json(
        Call.of(Operation.PATCH_ENTITY)
            .path("entity_id", entityId)
            .query(query)
            .header("Content-Type", "application/merge-patch+json")
            .body(patch),
        ENTITY);
  }

  /**
   * Deletes an entity and returns the position. From the next answer on it is never recommended.
   */
  public long deleteEntity(String entityId, EntityQuery query) {
    return position(Call.of(Operation.DELETE_ENTITY).path("entity_id", entityId).query(query));
  }

  /** Creates or replaces many entities; one bad row fails alone and is told in the errors. */
  public BulkReport importEntities(List<NewEntity> entities) {
    return json(Call.of(Operation.IMPORT_ENTITIES).body(Map.of("entities", entities)), REPORT);
  }

  /** Like {@link #importEntities}, but answers at once with a job to ask about. */
  public Job startEntityImport(List<NewEntity> entities) {
    return json(
        Call.of(Operation.START_ENTITY_IMPORT)
            .header("Prefer", "respond-async")
            .body(Map.of("entities", entities)),
        JOB);
  }

  /** A page of entities, in the order of their type and id. */
  public EntityPage listEntities(EntityQuery query) {
    return json(Call.of(Operation.LIST_ENTITIES).query(query), ENTITY_PAGE);
  }

  /** All entities, fetched page by page as they are read. */
  public Iterable<Entity> iterateEntities(EntityQuery query) {
    return () ->
        new Pages<>(cursor -> {
          EntityPage page = listEntities(cursor.map(query::cursor).orElse(query));
          return new Pages.Page<>(page.entities(), page.nextCursor());
        });
  }

  /** Creates or replaces a product in the way of shop plugins. */
  public Entity putProduct(String tenant, Product product) {
    return json(
        Call.of(Operation.PUT_PRODUCT)
            .path("tenant", tenant)
            .body(product.withDefault("attributes", Map.of())),
        ENTITY);
  }

  /** Deletes a product in the way of shop plugins, and returns the position. */
  public long deleteProduct(String tenant, String entityId, EntityQuery query) {
    return position(
        Call.of(Operation.DELETE_PRODUCT)
            .path("tenant", tenant)
            .path("entity_id", entityId)
            .query(query));
  }
}
