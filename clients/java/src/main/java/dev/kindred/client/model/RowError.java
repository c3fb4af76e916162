package dev.kindred.client.model;

import java.util.Optional;

/** A row that was refused. */
public record RowError(
    int index, String error, Optional<String> entityId, Optional<String> entityType) {}
