package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.store.Interactions.After;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An interaction as it is kept.
 *
 * @param weight its own; absent where its type's counts
 */
record KeptInteraction(
    long position,
    int user,
    int entity,
    String type,
    OptionalDouble weight,
    JsonObject metadata,
    Instant at,
    Optional<String> eventId,
    Optional<String> recommendationId,
    Measures measures) {

  KeptInteraction sentAgainAs(Interaction later) {
    return new KeptInteraction(
        position,
        user,
        entity,
        type,
        later.weight(),
        later.metadata(),
        at,
        eventId,
        recommendationId,
        later.measures());
  }

  Event.Counted counted() {
    return new Event.Counted(inEvents(weight), measures);
  }

  After place() {
    return new After(MICROS.between(Instant.EPOCH, at), position);
  }

  Sameness sameness() {
    return new Sameness(user, entity, type, at);
  }

  /** The weight as events have it. */
  static float inEvents(OptionalDouble weight) {
    return weight.isPresent() ? (float) weight.getAsDouble() : Float.NaN;
  }

  /** What two interactions never share. */
  record Sameness(int user, int entity, String type, Instant at) {

    Sameness aMicrosecondLater() {
      return new Sameness(user, entity, type, at.plus(1, MICROS));
    }
  }
}
