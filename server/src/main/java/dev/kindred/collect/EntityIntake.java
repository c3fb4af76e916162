package dev.kindred.collect;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import java.util.Optional;

/** Takes in entities: reads what is said of them, and makes the vectors that are not given. */
public final class EntityIntake {

  private final VectorMaker vectors;

  public EntityIntake(VectorMaker vectors) {
    this.vectors = vectors;
  }

  public EntityInput read(JsonReader reader) {
    return EntityInput.read(reader, vectors.dimension());
  }

  public EntityPatch readPatch(JsonReader reader) {
    return EntityPatch.read(reader, vectors.dimension());
  }

  /** The change that stores what was said, under a key that the path may have named. */
  public Change put(TenantId tenant, EntityKey key, EntityInput input, PutMode mode) {
    FeatureVector vector = vector(tenant, input.attributes(), input.vector());
    return new Change.PutEntity(
        new EntityDraft(key, input.attributes(), vector, input.availability()), mode);
  }

  public Change patch(TenantId tenant, EntityKey key, EntityPatch patch) {
    return new Change.EditEntity(key, patch.bytes(), entity -> patched(tenant, entity, patch));
  }

  private EntityDraft patched(TenantId tenant, Entity entity, EntityPatch patch) {
    JsonObject attributes = patch.attributesOf(entity);
    FeatureVector vector = vector(tenant, attributes, patch.vectorOf(entity));
    return new EntityDraft(entity.key(), attributes, vector, patch.availabilityOf(entity));
  }

  private FeatureVector vector(TenantId tenant, JsonObject attributes, Optional<float[]> given) {
    return given.map(FeatureVector::given).orElseGet(() -> vectors.make(tenant, attributes));
  }
}
