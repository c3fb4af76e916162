package dev.kindred.client.model;

import java.time.Instant;
import java.util.Optional;

/** A kind of interaction, and how much it counts. */
public record InteractionType(
    String interactionType,
    double weight,
    double defaultWeight,
    String tenantId,
    Instant createdAt,
    Instant updatedAt,
    Optional<String> description,
    Optional<Double> halfLifeDays,
    Optional<Long> position) {}
