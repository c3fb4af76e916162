package dev.kindred.store.jdbc;

import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * An interaction on its way into the log. It has taken its position; whether a row or only a new
 * weight of an old row stands there shows when it is written.
 */
final class PendingInteraction {

  private final Interaction interaction;
  private final int tenant;
  private final UserRow user;
  private final EntityRow entity;
  private final InteractionTypeRow type;
  private final long position;

  private long at;
  private long storedAt;

  /** The one whose weight and metadata count in the end: the last that was sent again. */
  private PendingInteraction latest = this;

  private boolean hadDetails;
  private Optional<String> eventId;
  private Optional<String> recommendationId;

  PendingInteraction(
      Interaction interaction,
      int tenant,
      UserRow user,
      EntityRow entity,
      InteractionTypeRow type,
      long at,
      long position) {
    this.interaction = interaction;
    this.tenant = tenant;
    this.user = user;
    this.entity = entity;
    this.type = type;
    this.at = at;
    this.position = position;
    this.storedAt = position;
    this.eventId = interaction.eventId();
    this.recommendationId = interaction.recommendationId();
  }

  /** What may be there once only. */
  record Key(int tenant, int user, int entity, int type, long at) {}

  Key key() {
    return new Key(tenant, user.number(), entity.number(), type.number(), at);
  }

  /** The same was sent again, in the same batch. */
  void sentAgainAs(PendingInteraction later) {
    latest = later;
  }

  PendingInteraction latest() {
    return latest;
  }

  boolean isAtGivenTime() {
    return interaction.atGiven();
  }

  /** Two things at the same moment of arrival are two things. */
  void moveByAMicrosecond() {
    at++;
  }

  long position() {
    return position;
  }

  int tenant() {
    return tenant;
  }

  int user() {
    return user.number();
  }

  long at() {
    return at;
  }

  /** The position of the row that holds it: its own, or an older one. */
  long storedAt() {
    return storedAt;
  }

  /** Whether it has a row of its own, once it is written. */
  boolean isNew() {
    return storedAt == position;
  }

  /** The line of the log that its row is. */
  Event.Interacted event() {
    return new Event.Interacted(
        position,
        tenant,
        user.number(),
        entity.number(),
        type.number(),
        counted().weight(),
        at,
        interaction.measures());
  }

  /** It is there already; what that one was called by stays. */
  void isStoredAt(long older) {
    storedAt = older;
    eventId = Optional.empty();
    recommendationId = Optional.empty();
  }

  /** The one that is there has details, so it keeps them, be it without metadata. */
  void hadDetails(@Nullable String event, @Nullable String recommendation) {
    hadDetails = true;
    eventId = Optional.ofNullable(event);
    recommendationId = Optional.ofNullable(recommendation);
  }

  boolean hasDetails() {
    return hadDetails
        || eventId.isPresent()
        || recommendationId.isPresent()
        || !metadata().isEmpty();
  }

  private JsonObject metadata() {
    return latest.interaction.metadata();
  }

  private @Nullable Double weight() {
    return interaction.weight().isPresent() ? interaction.weight().getAsDouble() : null;
  }

  void addRowTo(Rows interactions) {
    interactions.add(
        position,
        at,
        tenant,
        user.number(),
        entity.number(),
        (short) type.number(),
        latest.weight(),
        MeasuresCode.encode(latest.interaction.measures()));
  }

  /** What counts in the end of the one that is stored there. */
  void addCountedTo(Rows counted, long stored) {
    counted.add(stored, latest.weight(), MeasuresCode.encode(latest.interaction.measures()));
  }

  void addDetailsTo(Rows details) {
    details.add(
        storedAt,
        tenant,
        eventId.orElse(null),
        recommendationId.orElse(null),
        metadata().isEmpty() ? null : metadata());
  }

  /** What it counts, as it was sent. */
  Event.Counted counted() {
    OptionalDouble weight = interaction.weight();
    return new Event.Counted(
        weight.isPresent() ? (float) weight.getAsDouble() : Float.NaN, interaction.measures());
  }

  /** The line that says what this one, sent again, counts now, and what it counted before. */
  void addReweighedTo(Rows events, long original, Event.Counted before) {
    events.add(
        position,
        original,
        weight(),
        tenant,
        user.number(),
        entity.number(),
        EventKind.REWEIGHED.code,
        (short) type.number(),
        MeasuresCode.encode(interaction.measures()),
        Float.isNaN(before.weight()) ? null : (Double) (double) before.weight(),
        MeasuresCode.encode(before.measures()));
  }

  /** What the caller is told; {@code row} says where it is stored. */
  Outcome.InteractionStored stored(PendingInteraction row, boolean isDuplicate) {
    var recorded =
        new RecordedInteraction(
            row.storedAt,
            interaction.user(),
            entity.key(),
            interaction.type(),
            interaction.weight().orElse(type.weight()),
            interaction.metadata(),
            Micros.toInstant(row.at),
            row.eventId,
            row.recommendationId);
    return new Outcome.InteractionStored(
        recorded, isDuplicate ? row.storedAt : position, isDuplicate, type.isFound());
  }
}
