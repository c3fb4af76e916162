package dev.kindred.store;

import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The entities of a tenant. */
public interface Catalog {

  Optional<Entity> find(EntityKey key);

  /** The number by which events refer to an entity that is stored or was named. */
  OptionalInt number(EntityKey key);

  /** The types under which an entity of that id is stored or was named, in order. */
  List<EntityType> namedTypesOf(EntityId id);

  /** The types under which an entity of that id is stored, in order: none, one, or several. */
  List<EntityType> typesOf(EntityId id);

  /** Entities in the order of their type and id by code points, from after {@code after} on. */
  List<Entity> page(Optional<EntityType> type, Optional<EntityKey> after, int limit);

  /**
   * Every entity with its number, in the order of the numbers, streamed in constant memory; deleted
   * ones and those that were only named are among them.
   */
  void scan(int afterNumber, Consumer<Numbered> reader);

  /** The attributes of every entity that there is, streamed in constant memory. */
  void scanAttributes(AttributesReader reader);

  /**
   * What the vector of every entity that there is was made with, in the order of the numbers,
   * streamed in constant memory: the vectors themselves are not read.
   */
  void scanVersions(VersionReader reader);

  /** The entities of these numbers that there are, by number; for readers of the log. */
  List<Numbered> numbered(List<Integer> numbers);

  /**
   * Replaces made vectors by newer ones: bookkeeping, not a change, so it takes no position. An
   * entity that has changed since it was read keeps what it has.
   */
  void refreshVectors(List<Numbered> entities);

  /**
   * An entity and the number by which events refer to it.
   *
   * @param entity absent for one that is deleted, or that was only named by interactions so far
   */
  record Numbered(int number, EntityKey key, Optional<Entity> entity) {}

  /** Is told what is known of an entity. */
  @FunctionalInterface
  interface AttributesReader {
    void take(EntityKey key, JsonObject attributes);
  }

  /** Is told by an entity's number what its vector was made with, see {@link FeatureVector}. */
  @FunctionalInterface
  interface VersionReader {
    void take(int number, int madeWith);
  }
}
