package dev.kindred.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An interaction as it is kept.
 *
 * @param position its place in the log, which is also its id
 * @param weight what it counts now: its own weight, or its type's
 */
public record RecordedInteraction(
    long position,
    UserId user,
    EntityKey entity,
    String type,
    double weight,
    JsonObject metadata,
    Instant at,
    Optional<String> eventId,
    Optional<String> recommendationId) {}
