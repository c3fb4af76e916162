package dev.kindred.client.model;

import java.util.List;

/** What grows. */
public record Trending(
    List<RecommendedItem> trending, int count, double windowDays, long position, boolean cacheHit) {

  /** What is left out is empty. */
  public Trending {
    trending = trending == null ? List.of() : trending;
  }
}
