package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** That somebody saw a variant, or converted. */
public final class AbEvent extends Fields<AbEvent> {

  private AbEvent(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static AbEvent of(String experiment, String userId, String event) {
    return new AbEvent(Map.of())
        .with("experiment", experiment)
        .with("user_id", userId)
        .with("event", event);
  }

  @Override
  AbEvent made(Map<String, Object> values) {
    return new AbEvent(values);
  }

  /** Which one, where the client decides. */
  public AbEvent variant(String variant) {
    return with("variant", variant);
  }

  /** What was measured. */
  public AbEvent metric(String metric) {
    return with("metric", metric);
  }

  /** How much. */
  public AbEvent value(double value) {
    return with("value", value);
  }

  /** When it happened, if not now. */
  public AbEvent timestamp(Instant timestamp) {
    return with("timestamp", timestamp);
  }
}
