package dev.kindred.client.model;

import java.util.List;

/** One list a request, in their order. */
public record RecommendationLists(List<Recommendations> results) {
  /** What is left out is empty. */
  public RecommendationLists {
    results = results == null ? List.of() : results;
  }
}
