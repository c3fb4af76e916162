package dev.kindred.transfer;

import dev.kindred.domain.RecordedInteraction;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Interactions.Kept;

/** An interaction as the API takes it, so that it can be taken in again without being another. */
final class InteractionShape {

  private InteractionShape() {}

  static void writeMembers(JsonWriter json, Kept kept) {
    RecordedInteraction interaction = kept.interaction();
    json.field("user_id", interaction.user().value());
    json.field("entity_id", interaction.entity().id().value());
    json.field("entity_type", interaction.entity().type().value());
    json.field("interaction_type", interaction.type());
    // One whose type's weight counts must not get a weight of its own on the way.
    if (kept.hasOwnWeight()) json.field("weight", interaction.weight());
    json.field("timestamp", interaction.at());
    interaction.eventId().ifPresent(id -> json.field("event_id", id));
    interaction.recommendationId().ifPresent(id -> json.field("recommendation_id", id));
    if (!interaction.metadata().isEmpty()) json.field("metadata", interaction.metadata());
  }
}
