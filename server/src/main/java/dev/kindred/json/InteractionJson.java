package dev.kindred.json;

import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import java.util.Optional;

/** How an interaction is told: in answers and to webhooks alike. */
public final class InteractionJson {

  private InteractionJson() {}

  /**
   * Writes the members of an interaction.
   *
   * @param tenant where it is not said elsewhere whose it is
   */
  public static void writeMembers(
      JsonWriter writer, Optional<TenantId> tenant, RecordedInteraction interaction) {
    writer.field("id", interaction.position());
    writer.field("user_id", interaction.user().value());
    writer.field("entity_id", interaction.entity().id().value());
    writer.field("entity_type", interaction.entity().type().value());
    writer.field("interaction_type", interaction.type());
    writer.field("weight", interaction.weight());
    writer.field("metadata", interaction.metadata());
    tenant.ifPresent(id -> writer.field("tenant_id", id.value()));
    writer.field("timestamp", interaction.at());
    writer.field("position", interaction.position());
    interaction.eventId().ifPresent(id -> writer.field("event_id", id));
    interaction.recommendationId().ifPresent(id -> writer.field("recommendation_id", id));
  }
}
