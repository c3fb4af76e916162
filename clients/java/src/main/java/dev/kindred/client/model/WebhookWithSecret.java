package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A webhook with its secret, which is told only this once. */
public record WebhookWithSecret(
    String webhookId,
    String tenantId,
    String url,
    List<String> events,
    Instant createdAt,
    Optional<Instant> previousSecretUntil,
    Optional<Long> toldUpTo,
    Optional<Long> failedAttempts,
    Optional<Instant> nextAttemptAt,
    Optional<String> secret,
    long position) {
  /** What is left out is empty. */
  public WebhookWithSecret {
    events = events == null ? List.of() : events;
  }
}
