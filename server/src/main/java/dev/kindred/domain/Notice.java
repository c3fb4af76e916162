package dev.kindred.domain;

import java.time.Instant;

/**
 * Something that webhooks are told and that is no line of the log by itself.
 *
 * @param data what they are told of it
 * @param at when it happened
 */
public record Notice(Topic topic, JsonObject data, Instant at) {

  private static final int DATA_BYTES_MAX = 64 << 10;

  public Notice {
    if (topic == Topic.INTERACTION_RECORDED) {
      throw new IllegalArgumentException("interactions stand in the log themselves");
    }
    if (data.utf8().length > DATA_BYTES_MAX) {
      throw new IllegalArgumentException("a notice has at most " + DATA_BYTES_MAX + " bytes");
    }
  }
}
