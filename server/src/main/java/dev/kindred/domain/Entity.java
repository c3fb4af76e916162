package dev.kindred.domain;

import java.time.Instant;

/** Anything a tenant stores: a product, an article, a film. */
public record Entity(
    EntityKey key,
    JsonObject attributes,
    FeatureVector vector,
    EntityDraft.Availability availability,
    Instant createdAt,
    Instant updatedAt) {

  public EntityDraft asDraft() {
    return new EntityDraft(key, attributes, vector, availability);
  }
}
