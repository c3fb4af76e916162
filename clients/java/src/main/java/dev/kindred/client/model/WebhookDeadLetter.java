package dev.kindred.client.model;

import java.time.Instant;

/** What could not be told in ten tries. */
public record WebhookDeadLetter(
    String messageId,
    String event,
    long attempts,
    Instant lastAttemptAt,
    String problem,
    boolean replaying) {}
