package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** Some interactions, newest first, and where to go on. */
public record InteractionPage(List<RecordedInteraction> interactions, Optional<String> nextCursor) {
  /** What is left out is empty. */
  public InteractionPage {
    interactions = interactions == null ? List.of() : interactions;
  }
}
