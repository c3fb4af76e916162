package dev.kindred.collect;

import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import dev.kindred.json.Limits;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of an entity.
 *
 * @param place where in the request it stands
 * @param id absent where the path names it
 * @param vector the caller's own, of the right dimension
 * @param tenant whose it is, where the caller says so here
 */
public record EntityInput(
    String place,
    Optional<EntityId> id,
    Optional<EntityType> type,
    JsonObject attributes,
    Optional<float[]> vector,
    Availability availability,
    Optional<String> tenant) {

  /** Reads the object that comes next. */
  static EntityInput read(JsonReader reader, int vectorDimension) {
    String place = reader.pointer();
    @Nullable EntityId id = null;
    @Nullable EntityType type = null;
    JsonObject attributes = JsonObject.EMPTY;
    float @Nullable [] vector = null;
    @Nullable Instant from = null;
    @Nullable Instant until = null;
    @Nullable String tenant = null;
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "entity_id" -> id = reader.id(EntityId::new);
        case "entity_type" -> type = reader.string(EntityType::new);
        case "attributes" -> attributes = reader.object(Limits.ATTRIBUTES);
        case "feature_vector" -> vector = reader.floats(vectorDimension);
        case "available_from" -> from = reader.time();
        case "available_until" -> until = reader.time();
        case "tenant_id" -> tenant = reader.string();
        default -> fields.unknown();
      }
    }
    return new EntityInput(
        place,
        Optional.ofNullable(id),
        Optional.ofNullable(type),
        attributes,
        Optional.ofNullable(vector),
        new Availability(Optional.ofNullable(from), Optional.ofNullable(until)),
        Optional.ofNullable(tenant));
  }

  /** The entity that this is about, where it must say so itself. */
  public EntityKey key() {
    return new EntityKey(
        type.orElseThrow(() -> Required.field(place, "entity_type")),
        id.orElseThrow(() -> Required.field(place, "entity_id")));
  }
}
