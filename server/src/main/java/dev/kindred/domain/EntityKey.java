package dev.kindred.domain;

/** Exactly one entity of a tenant. */
public record EntityKey(EntityType type, EntityId id) {

  public static EntityKey of(String type, String id) {
    return new EntityKey(new EntityType(type), new EntityId(id));
  }

  public EntityRef asRef() {
    return new EntityRef(id, type);
  }

  @Override
  public String toString() {
    return type + " '" + id + "'";
  }
}
