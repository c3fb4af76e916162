package dev.kindred.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a caller names an entity: the type may be left out where one entity only has that id.
 *
 * @param typeOrNull null where the caller gave none; a field, because records of this kind are made
 *     for every event
 */
public record EntityRef(EntityId id, @Nullable EntityType typeOrNull) {

  public static EntityRef untyped(EntityId id) {
    return new EntityRef(id, null);
  }

  public Optional<EntityType> type() {
    return Optional.ofNullable(typeOrNull);
  }

  @Override
  public String toString() {
    return (typeOrNull == null ? "" : typeOrNull + " ") + "'" + id + "'";
  }
}
