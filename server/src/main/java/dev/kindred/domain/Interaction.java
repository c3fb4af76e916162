package dev.kindred.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user did, as the caller says it.
 *
 * @param weight how much it counts; absent: as much as its type does
 * @param atGiven whether the caller said when; otherwise {@code at} is when it arrived
 * @param eventId the caller's own name for this event: a second one with it is stored once
 * @param recommendationId the list that it came from
 * @param measures what came with it to be measured
 */
public record Interaction(
    UserId user,
    EntityRef entity,
    String type,
    OptionalDouble weight,
    JsonObject metadata,
    Instant at,
    boolean atGiven,
    Optional<String> eventId,
    Optional<String> recommendationId,
    Measures measures) {

  public static final double LARGEST_WEIGHT = 100;

  public Interaction {
    InteractionType.requireName(type);
    if (weight.isPresent()) requireWeight("weight", weight.getAsDouble());
    eventId.ifPresent(id -> Text.id("event_id", id, 255));
    recommendationId.ifPresent(id -> Text.id("recommendation_id", id, 128));
  }

  /** One that came with nothing to be measured. */
  public Interaction(
      UserId user,
      EntityRef entity,
      String type,
      OptionalDouble weight,
      JsonObject metadata,
      Instant at,
      boolean atGiven,
      Optional<String> eventId,
      Optional<String> recommendationId) {
    this(
        user,
        entity,
        type,
        weight,
        metadata,
        at,
        atGiven,
        eventId,
        recommendationId,
        Measures.NONE);
  }

  /**
   * The same, done by somebody else, who may have done the same at the same moment: it moves to the
   * next free microsecond then.
   */
  public Interaction by(UserId other) {
    return new Interaction(
        other, entity, type, weight, metadata, at, false, eventId, recommendationId, measures);
  }

  /** Returns the weight if it may count. */
  public static double requireWeight(String what, double weight) {
    if (Math.abs(weight) <= LARGEST_WEIGHT) return weight;
    throw new InvalidRequest(what + " must be between -100 and 100, got " + weight);
  }
}
