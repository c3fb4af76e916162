package dev.kindred.domain;

import java.time.Instant;

/** What is known about a user apart from what they did. */
public record UserProfile(
    UserId id,
    JsonObject attributes,
    Instant createdAt,
    Instant updatedAt,
    long interactionCount) {}
