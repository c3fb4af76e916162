package dev.kindred.store;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** An interaction in the making, with what most tests do not care about filled in. */
public record Deed(
    String user,
    String type,
    EntityRef entity,
    OptionalDouble weight,
    JsonObject metadata,
    Optional<Instant> at,
    Optional<String> eventId,
    Optional<String> recommendationId) {

  /** Something that happens when it is recorded, and counts what its type does. */
  public static Deed of(String user, String type, EntityKey entity) {
    return of(user, type, entity.asRef());
  }

  /** The same with an entity of which only the id is said. */
  public static Deed untyped(String user, String type, String entityId) {
    return of(user, type, EntityRef.untyped(new EntityId(entityId)));
  }

  private static Deed of(String user, String type, EntityRef entity) {
    return new Deed(
        user,
        type,
        entity,
        OptionalDouble.empty(),
        JsonObject.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Deed at(Instant when) {
    return new Deed(
        user, type, entity, weight, metadata, Optional.of(when), eventId, recommendationId);
  }

  public Deed weighing(double own) {
    return new Deed(
        user, type, entity, OptionalDouble.of(own), metadata, at, eventId, recommendationId);
  }

  public Deed with(JsonObject more) {
    return new Deed(user, type, entity, weight, more, at, eventId, recommendationId);
  }

  public Deed named(String event) {
    return new Deed(user, type, entity, weight, metadata, at, Optional.of(event), recommendationId);
  }

  public Deed from(String recommendation) {
    return new Deed(user, type, entity, weight, metadata, at, eventId, Optional.of(recommendation));
  }

  public Interaction asInteraction(Instant now) {
    return new Interaction(
        new UserId(user),
        entity,
        type,
        weight,
        metadata,
        at.orElse(now),
        at.isPresent(),
        eventId,
        recommendationId);
  }
}
