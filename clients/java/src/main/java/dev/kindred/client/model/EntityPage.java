package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;

/** Some entities, and where to go on. */
public record EntityPage(List<Entity> entities, Optional<String> nextCursor) {
  /** What is left out is empty. */
  public EntityPage {
    entities = entities == null ? List.of() : entities;
  }
}
