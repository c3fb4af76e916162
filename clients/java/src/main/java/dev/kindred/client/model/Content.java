package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What content is. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Content(
    String contentId, String mediaType, Optional<String> title, List<String> genres) {
  /** What is left out is empty. */
  public Content {
    genres = genres == null ? List.of() : genres;
  }
}
