package dev.kindred.store.jdbc;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads rows of which there may be any number, some at a time, so that a connection is held only
 * while rows are fetched, however long whoever is told about them takes.
 */
final class Pages {

  private Pages() {}

  /** The rows that come after a place, at most so many, in the order of the places. */
  @FunctionalInterface
  interface Page<T, P> {
    List<T> after(P place, int limit);
  }

  /**
   * Tells all rows.
   *
   * @param before comes before the first row's place
   * @param limit how many are read at once
   * @param placeOf where a row stands
   */
  static <T, P> void each(
      P before, int limit, Page<T, P> page, Function<T, P> placeOf, Consumer<T> reader) {
    List<T> rows = page.after(before, limit);
    rows.forEach(reader);
    while (rows.size() == limit) {
      rows = page.after(placeOf.apply(rows.getLast()), limit);
      rows.forEach(reader);
    }
  }
}
