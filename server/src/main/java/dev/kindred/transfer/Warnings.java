package dev.kindred.transfer;

import java.util.List;

/** What is accepted, and yet worth a word. */
final class Warnings {

  private static final int NAMES_MAX = 20;

  private Warnings() {}

  static List<String> unused(RecordPlan plan) {
    if (plan.unused().isEmpty()) return List.of();
    List<String> shown = plan.unused().stream().limit(NAMES_MAX).toList();
    String place = plan.kind() == RecordKind.INTERACTIONS ? "metadata" : "attributes";
    return List.of(
        "left out: "
            + String.join(", ", shown)
            + "; to keep one, for example --map "
            + place
            + "."
            + shown.getFirst()
            + "="
            + shown.getFirst());
  }
}
