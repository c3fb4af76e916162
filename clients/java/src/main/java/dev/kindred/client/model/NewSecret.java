package dev.kindred.client.model;

import java.util.Map;

/** Another secret for a webhook. */
public final class NewSecret extends Fields<NewSecret> {

  private NewSecret(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static NewSecret empty() {
    return new NewSecret(Map.of());
  }

  @Override
  NewSecret made(Map<String, Object> values) {
    return new NewSecret(values);
  }

  /** Made where it is not given. */
  public NewSecret secret(String secret) {
    return with("secret", secret);
  }

  /** Sets {@code overlap_hours}. */
  public NewSecret overlapHours(long overlapHours) {
    return with("overlap_hours", overlapHours);
  }
}
