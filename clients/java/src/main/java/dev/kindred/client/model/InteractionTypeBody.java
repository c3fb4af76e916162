package dev.kindred.client.model;

import java.util.Map;

/** What is said about a kind of interaction. */
public final class InteractionTypeBody extends Fields<InteractionTypeBody> {

  private InteractionTypeBody(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static InteractionTypeBody empty() {
    return new InteractionTypeBody(Map.of());
  }

  @Override
  InteractionTypeBody made(Map<String, Object> values) {
    return new InteractionTypeBody(values);
  }

  /** How much one counts. */
  public InteractionTypeBody weight(double weight) {
    return with("weight", weight);
  }

  /** What it is, for people. */
  public InteractionTypeBody description(String description) {
    return with("description", description);
  }

  /** After how many days it counts half. */
  public InteractionTypeBody halfLifeDays(double halfLifeDays) {
    return with("half_life_days", halfLifeDays);
  }
}
