package dev.kindred.domain;

/** What a tenant calls an entity; unique within its type. */
public record EntityId(String value) {

  public EntityId {
    Text.id("entity_id", value, 255);
  }

  @Override
  public String toString() {
    return value;
  }
}
