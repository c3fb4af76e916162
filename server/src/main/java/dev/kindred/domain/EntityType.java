package dev.kindred.domain;

/** What kind of thing an entity is: {@code product}, {@code article}, {@code film}. */
public record EntityType(String value) {

  /** The type of an unknown entity that an interaction names without one. */
  public static final EntityType PRODUCT = new EntityType("product");

  public EntityType {
    Text.name("entity_type", value, 100, "_.-");
  }

  @Override
  public String toString() {
    return value;
  }
}
