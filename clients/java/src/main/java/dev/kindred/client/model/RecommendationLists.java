package dev.kindred.client.model;

import java.util.List;

/** One list a request, in their order. */
public record RecommendationLists(List<Recommendation> results, List<String> warnings) {

  /** What is left out is empty. */
  public RecommendationLists {
    results = results == null ? List.of() : results;
    warnings = warnings == null ? List.of() : warnings;
  }
}
