package dev.kindred.client.model;

import java.util.Map;
import java.util.Optional;

/** An arm of an experiment. */
public record Variant(
    String name, double weight, Map<String, Object> config, Optional<String> holdout) {
  /** What is left out is empty. */
  public Variant {
    config = config == null ? Map.of() : config;
  }
}
