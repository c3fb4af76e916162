package dev.kindred.client.model;

import java.util.Map;

/** An entity with its score, as shop plugins get it. */
public record ShownItem(
    String entityId, String entityType, double score, Map<String, Object> attributes) {

  /** What is left out is empty. */
  public ShownItem {
    attributes = attributes == null ? Map.of() : attributes;
  }
}
