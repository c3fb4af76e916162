package dev.kindred.collect;

import dev.kindred.domain.RecordedInteraction;

/** What is accepted, and yet worth a word. */
public final class Warnings {

  private Warnings() {}

  public static String unregistered(RecordedInteraction interaction) {
    return "interaction_type '"
        + interaction.type()
        + "' is not registered; without a weight of its own it counts 1.0";
  }
}
