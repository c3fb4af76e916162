package dev.kindred.client.model;

import java.util.List;

/** A tenant's webhooks. */
public record Webhooks(List<Webhook> webhooks) {
  /** What is left out is empty. */
  public Webhooks {
    webhooks = webhooks == null ? List.of() : webhooks;
  }
}
