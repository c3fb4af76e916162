package dev.kindred.client.model;

import java.time.Instant;
import java.util.Optional;

/** One try to tell a webhook something. */
public record WebhookDelivery(
    String messageId,
    String event,
    long attempt,
    Instant at,
    boolean delivered,
    Optional<Long> status,
    long tookMs,
    Optional<String> problem) {}
