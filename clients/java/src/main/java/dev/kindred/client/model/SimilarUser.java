package dev.kindred.client.model;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Somebody who is like a user. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record SimilarUser(
    String userId, double similarity, List<String> commonInterests, long sharedViews) {
  /** What is left out is empty. */
  public SimilarUser {
    commonInterests = commonInterests == null ? List.of() : commonInterests;
  }
}
