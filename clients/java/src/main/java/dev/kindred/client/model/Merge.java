package dev.kindred.client.model;

import java.time.Instant;
import java.util.Optional;

/** What one user did, given to another. */
public record Merge(
    String mergeId,
    String userId,
    String from,
    String tenantId,
    long interactionsMoved,
    Instant mergedAt,
    Optional<Instant> undoneAt,
    Optional<Long> position) {}
