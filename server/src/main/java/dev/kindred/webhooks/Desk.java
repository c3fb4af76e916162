package dev.kindred.webhooks;

import dev.kindred.domain.Webhook;
import java.time.Instant;

/** What a replica knows of one webhook's state. Guarded by the {@link Courier}'s lock. */
final class Desk {

  final int tenant;
  Webhook webhook;

  /** The newest position of something it is to be told, as far as was heard. */
  long wanted;

  /** Told up to here, as far as is known. */
  long told;

  /** Whether to look although nothing was heard of: at the start, and after a change. */
  boolean mustLook = true;

  boolean isRunning;
  Instant lookAt = Instant.MIN;

  Desk(int tenant, Webhook webhook) {
    this.tenant = tenant;
    this.webhook = webhook;
    this.told = webhook.since();
    this.wanted = webhook.since();
  }

  boolean hasWork() {
    return mustLook || wanted > told;
  }

  boolean isDue(Instant now) {
    return !isRunning && hasWork() && !lookAt.isAfter(now);
  }
}
