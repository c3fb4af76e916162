package dev.kindred.client.model;

import java.util.List;
import java.util.Map;

/** Which entities to read or write, and which of their parts. */
public final class EntityQuery extends Fields<EntityQuery> {

  private EntityQuery(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static EntityQuery all() {
    return new EntityQuery(Map.of());
  }

  @Override
  EntityQuery made(Map<String, Object> values) {
    return new EntityQuery(values);
  }

  /** May be left out where exactly one entity has that id; in a list, only this type. */
  public EntityQuery entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** Whether the feature vector is wanted. */
  public EntityQuery includeVector(boolean includeVector) {
    return with("include_vector", includeVector);
  }

  /** Only these fields, by their names on the wire. */
  public EntityQuery fields(List<String> fields) {
    return with("fields", fields);
  }

  /** How many to a page. */
  public EntityQuery limit(int limit) {
    return with("limit", limit);
  }

  /** Where the page before ended. */
  public EntityQuery cursor(String cursor) {
    return with("cursor", cursor);
  }

  /** Whether what is not there is created, and what is there replaced. */
  public EntityQuery upsert(boolean upsert) {
    return with("upsert", upsert);
  }
}
