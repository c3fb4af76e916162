package dev.kindred.collect;

import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonReader.Kind;
import dev.kindred.json.Limits;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change of parts of an entity, as JSON Merge Patch (RFC 7396): what is not named stays, null
 * removes.
 *
 * <p>A field is null where the patch does not name it, and an empty optional where the patch
 * removes it.
 */
@SuppressWarnings("NullableOptional") // Absent, removed and replaced are three things here.
public final class EntityPatch {

  private @Nullable JsonObject attributes;
  private boolean removesAttributes;
  private @Nullable Optional<float[]> vector;
  private @Nullable Optional<Instant> from;
  private @Nullable Optional<Instant> until;
  private Optional<String> tenant = Optional.empty();

  private EntityPatch() {}

  /** Reads the object that comes next. */
  static EntityPatch read(JsonReader reader, int vectorDimension) {
    var patch = new EntityPatch();
    for (var fields = reader.objectWithNulls(); fields.next(); ) {
      switch (fields.name()) {
        case "attributes" -> patch.readAttributes(reader);
        case "feature_vector" ->
            patch.vector = orNull(reader, () -> reader.floats(vectorDimension));
        case "available_from" -> patch.from = orNull(reader, reader::time);
        case "available_until" -> patch.until = orNull(reader, reader::time);
        case "tenant_id" -> patch.tenant = orNull(reader, reader::string);
        default -> fields.unknown();
      }
    }
    return patch;
  }

  private void readAttributes(JsonReader reader) {
    removesAttributes = reader.kind() == Kind.NULL;
    if (removesAttributes) reader.skip();
    else attributes = reader.object(Limits.ATTRIBUTES);
  }

  private static <T> Optional<T> orNull(JsonReader reader, Supplier<T> value) {
    if (reader.kind() != Kind.NULL) return Optional.of(value.get());
    reader.skip();
    return Optional.empty();
  }

  public Optional<String> tenant() {
    return tenant;
  }

  /** About how much memory it takes. */
  long bytes() {
    long bytes = attributes == null ? 0 : attributes.utf8().length;
    if (vector != null && vector.isPresent()) bytes += (long) Float.BYTES * vector.get().length;
    return bytes;
  }

  JsonObject attributesOf(Entity entity) {
    if (removesAttributes) return JsonObject.EMPTY;
    return attributes == null
        ? entity.attributes()
        : Json.merge(entity.attributes(), attributes, Limits.ATTRIBUTES);
  }

  /** The caller's own vector after the change, or none where one is to be made. */
  Optional<float[]> vectorOf(Entity entity) {
    if (vector != null) return vector;
    return entity.vector().isGiven() ? Optional.of(entity.vector().values()) : Optional.empty();
  }

  Availability availabilityOf(Entity entity) {
    Availability now = entity.availability();
    return new Availability(from == null ? now.from() : from, until == null ? now.until() : until);
  }
}
