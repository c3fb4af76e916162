package dev.kindred.webhooks;

import dev.kindred.domain.Notice;
import dev.kindred.domain.Topic;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.time.Instant;

/** Makes notices from JSON that was just written. */
public final class Notices {

  /** Up to here a list may go on; what is left then fits the rest of a notice. */
  public static final int LIST_BYTES_MAX = 48 << 10;

  private static final Limits LIMITS = new Limits(64 << 10, 8, 1, 255, 10_000, 10_000);

  private Notices() {}

  public static Notice of(Topic topic, JsonWriter data, Instant at) {
    return new Notice(topic, Json.object(data.toByteArray(), LIMITS), at);
  }
}
