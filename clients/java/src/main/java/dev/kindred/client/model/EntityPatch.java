package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Changes to an entity (JSON Merge Patch): what is removed goes away, what is left out stays. */
public final class EntityPatch extends Fields<EntityPatch> {

  private EntityPatch(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static EntityPatch empty() {
    return new EntityPatch(Map.of());
  }

  @Override
  EntityPatch made(Map<String, Object> values) {
    return new EntityPatch(values);
  }

  /** The attributes that change; null inside removes one. */
  public EntityPatch attributes(Map<String, ?> attributes) {
    return with("attributes", attributes);
  }

  /** A vector of your own instead of one made from the attributes. */
  public EntityPatch featureVector(List<? extends Number> featureVector) {
    return with("feature_vector", featureVector);
  }

  /** Not recommended before. */
  public EntityPatch availableFrom(Instant availableFrom) {
    return with("available_from", availableFrom);
  }

  /** Not recommended from then on. */
  public EntityPatch availableUntil(Instant availableUntil) {
    return with("available_until", availableUntil);
  }

  /** Removes a field of the entity, by its name on the wire. */
  public EntityPatch remove(String field) {
    return without(field);
  }
}
