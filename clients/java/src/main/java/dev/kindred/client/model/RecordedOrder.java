package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** An order: one interaction an item. */
public record RecordedOrder(
    String userId,
    List<RecordedInteraction> interactions,
    long position,
    Optional<String> orderId,
    List<String> warnings) {
  /** What is left out is empty. */
  public RecordedOrder {
    interactions = interactions == null ? List.of() : interactions;
    warnings = warnings == null ? List.of() : warnings;
  }
}
