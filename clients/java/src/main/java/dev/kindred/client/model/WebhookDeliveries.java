package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** A page of tries, newest first. */
public record WebhookDeliveries(List<WebhookDelivery> deliveries, Optional<String> nextCursor) {
  /** What is left out is empty. */
  public WebhookDeliveries {
    deliveries = deliveries == null ? List.of() : deliveries;
  }
}
