package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is told what happens, and how far telling is. */
public record Webhook(
    String webhookId,
    String tenantId,
    String url,
    List<String> events,
    Instant createdAt,
    Optional<Instant> previousSecretUntil,
    Optional<Long> toldUpTo,
    Optional<Long> failedAttempts,
    Optional<Instant> nextAttemptAt) {
  /** What is left out is empty. */
  public Webhook {
    events = events == null ? List.of() : events;
  }
}
