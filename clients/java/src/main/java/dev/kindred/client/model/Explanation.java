package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;

/** Why an entity is recommended. The parts add up to the score. */
public record Explanation(
    List<Part> parts, List<Because> because, int neighbours, String sentence) {
  /** What is left out is empty. */
  public Explanation {
    parts = parts == null ? List.of() : parts;
    because = because == null ? List.of() : because;
  }

  /** What a source adds to the score. */
  public record Part(String source, double value) {}

  /** One of the user's own interactions that weighed much. */
  public record Because(
      String entityId,
      String entityType,
      String interactionType,
      Instant timestamp,
      double share) {}
}
