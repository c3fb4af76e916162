package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** Entities in a user's order, the best first; those that are not there stand last. */
public record Ranked(
    String userId,
    List<String> entityIds,
    List<Item> ranking,
    long position,
    String model,
    List<String> warnings) {

  /** What is left out is empty. */
  public Ranked {
    entityIds = entityIds == null ? List.of() : entityIds;
    ranking = ranking == null ? List.of() : ranking;
    warnings = warnings == null ? List.of() : warnings;
  }

  /** An entity with its score. */
  public record Item(String entityId, double score, Optional<String> entityType) {}
}
