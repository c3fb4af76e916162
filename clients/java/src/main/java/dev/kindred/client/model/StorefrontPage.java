package dev.kindred.client.model;

import java.util.List;

/** A page of items, by the ids that the catalogue has: numbers or texts. */
public record StorefrontPage(
    List<Object> items,
    Pagination pagination,
    double computationTimeMs,
    String algorithmUsed,
    List<String> toppedUpWith,
    boolean cacheHit) {

  /** What is left out is empty. */
  public StorefrontPage {
    items = items == null ? List.of() : items;
    toppedUpWith = toppedUpWith == null ? List.of() : toppedUpWith;
  }

  /** Where a page stands. */
  public record Pagination(
      int page,
      int limit,
      long totalCount,
      long totalPages,
      boolean hasNext,
      boolean hasPrevious,
      boolean totalIsLowerBound) {}
}
