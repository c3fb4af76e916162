package dev.kindred.client.model;

import java.util.Map;

/** Whether the process lives, and how its parts are. */
public record Health(
    String status,
    String service,
    String version,
    double uptimeSeconds,
    Map<String, Object> components) {
  /** What is left out is empty. */
  public Health {
    components = components == null ? Map.of() : components;
  }
}
