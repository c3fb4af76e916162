package dev.kindred.client.model;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Content whose vectors are nearest by their cosine, the nearest first. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record NearestContent(String contentId, String model, List<Near> nearest) {

  /** What is left out is empty. */
  public NearestContent {
    nearest = nearest == null ? List.of() : nearest;
  }

  /** One of them. */
  @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
  public record Near(String contentId, String mediaType, double similarity) {}
}
