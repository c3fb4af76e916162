package dev.kindred.client.model;

import java.util.List;

/** What grows. */
public record Trending(List<Recommendation> trending, int count, int windowDays) {
  /** What is left out is empty. */
  public Trending {
    trending = trending == null ? List.of() : trending;
  }
}
