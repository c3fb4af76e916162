package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The vector of content, and the model that made it. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Embedding(
    String contentId,
    String mediaType,
    String model,
    int dimension,
    List<Double> vector,
    Optional<Long> position,
    List<String> warnings) {

  /** What is left out is empty. */
  public Embedding {
    vector = vector == null ? List.of() : vector;
    warnings = warnings == null ? List.of() : warnings;
  }
}
