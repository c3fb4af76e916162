package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** A page of dead letters, oldest first. */
public record WebhookDeadLetters(List<WebhookDeadLetter> deadLetters, Optional<String> nextCursor) {
  /** What is left out is empty. */
  public WebhookDeadLetters {
    deadLetters = deadLetters == null ? List.of() : deadLetters;
  }
}
