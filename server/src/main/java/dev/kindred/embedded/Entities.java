package dev.kindred.embedded;

import dev.kindred.collect.EntityInput;
import dev.kindred.collect.EntityIntake;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Outcome;
import dev.kindred.json.JsonReader;
import dev.kindred.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may be recommended. */
public final class Entities {

  /** Entities that are kept in one transaction. */
  private static final int TOGETHER = 500;

  private final Store store;
  private final Keep keep;
  private final EntityIntake intake;

  public Entities(Store store, Keep keep, EntityIntake intake) {
    this.store = store;
    this.keep = keep;
    this.intake = intake;
  }

  /** Creates an entity or replaces it. */
  public Entity put(String type, String id, Map<String, ?> attributes) {
    return put(NewEntity.of(type, id, attributes));
  }

  /** Creates an entity or replaces it. */
  public Entity put(NewEntity entity) {
    return ((Outcome.EntityStored) keep.one(change(entity))).entity();
  }

  /** Creates or replaces any number of entities, some hundreds in a transaction. */
  public void putAll(Iterable<NewEntity> entities) {
    var changes = new ArrayList<Change>(TOGETHER);
    for (NewEntity entity : entities) {
      changes.add(change(entity));
      if (changes.size() < TOGETHER) continue;
      keep.all(changes);
      changes.clear();
    }
    if (!changes.isEmpty()) keep.all(changes);
  }

  /** Changes those attributes; one that is null is taken away. */
  public Entity change(String type, String id, Map<String, ?> attributes) {
    var patch = intake.readPatch(JsonReader.of(PlainJson.object(Map.of("attributes", attributes))));
    Change change = intake.patch(keep.tenant(), key(type, id), patch);
    return ((Outcome.EntityStored) keep.one(change)).entity();
  }

  /** Deletes an entity: it is in no list from the next one on. */
  public void delete(String type, String id) {
    keep.one(new Change.DeleteEntity(key(type, id)));
  }

  public Optional<Entity> find(String type, String id) {
    return store.tenant(keep.tenant()).catalog().find(key(type, id));
  }

  /** Entities of a type in the order of their ids, from the first one on or from after another. */
  public List<Entity> list(String type, Optional<String> afterId, int limit) {
    var wanted = new EntityType(type);
    Optional<EntityKey> after = afterId.map(id -> new EntityKey(wanted, new EntityId(id)));
    return store.tenant(keep.tenant()).catalog().page(Optional.of(wanted), after, limit);
  }

  private Change change(NewEntity entity) {
    EntityInput input = intake.read(JsonReader.of(PlainJson.object(entity.members())));
    return intake.put(keep.tenant(), input.key(), input, PutMode.UPSERT);
  }

  private static EntityKey key(String type, String id) {
    return new EntityKey(new EntityType(type), new EntityId(id));
  }
}
