package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** What a user did, to be recorded. */
public final class NewInteraction extends Fields<NewInteraction> {

  private NewInteraction(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewInteraction of(String userId, String entityId, String interactionType) {
    return new NewInteraction(Map.of())
        .with("user_id", userId)
        .with("entity_id", entityId)
        .with("interaction_type", interactionType);
  }

  @Override
  NewInteraction made(Map<String, Object> values) {
    return new NewInteraction(values);
  }

  /** May be left out where exactly one entity has that id. */
  public NewInteraction entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** How much it counts, instead of what its type does. */
  public NewInteraction weight(double weight) {
    return with("weight", weight);
  }

  /** Anything worth keeping with it. */
  public NewInteraction metadata(Map<String, ?> metadata) {
    return with("metadata", metadata);
  }

  /** When it happened, if not now. */
  public NewInteraction timestamp(Instant timestamp) {
    return with("timestamp", timestamp);
  }

  /** The same again is stored once. */
  public NewInteraction eventId(String eventId) {
    return with("event_id", eventId);
  }

  /** The list it came from lets Kindred measure itself. */
  public NewInteraction recommendationId(String recommendationId) {
    return with("recommendation_id", recommendationId);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewInteraction tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }

  /** How much a user liked something; counts as much as it says. */
  public static NewInteraction rating(String userId, String entityId, double rating) {
    return of(userId, entityId, "rating").with("interaction_type", Map.of("rating", rating));
  }
}
