package dev.kindred.learn;

import dev.kindred.engine.Ranking;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Neighbours that no model knows yet. While a shelf has no model they are worked out when somebody
 * asks; beside a model, {@link Refresher} works them out every few seconds for the items that
 * something has happened to, and leaves out those that the model knows.
 */
final class LiveRows {
  static final int NEIGHBOURS = 100;

  /** Rows that are remembered at most. */
  private static final int ROWS_MAX = 100_000;

  private final Shelf shelf;
  private final Map<Integer, Row> rows = new ConcurrentHashMap<>();

  /**
   * @param takers how many users the item had
   */
  private record Row(Ranking neighbours, long asOf, int takers) {}

  LiveRows(Shelf shelf) {
    this.shelf = shelf;
  }

  /** Under the tenant's lock. */
  Ranking of(LiveTenant tenant, int item) {
    Row row = rows.get(item);
    if (!shelf.learned().isNothing()) return row == null ? Ranking.EMPTY : row.neighbours();
    if (row != null && row.asOf() == tenant.position()) return row.neighbours();
    Ranking neighbours = new Neighbourhood(tenant, shelf).of(item, NEIGHBOURS);
    put(item, neighbours, tenant.position(), shelf.takers(item));
    return neighbours;
  }

  /** How many users an item had when its neighbours were worked out; 0 where they were not. */
  int takers(int item) {
    Row row = rows.get(item);
    return row == null ? 0 : row.takers();
  }

  void put(int item, Ranking neighbours, long asOf, int takers) {
    put(item, new Row(neighbours, asOf, takers));
  }

  void clear() {
    rows.clear();
  }

  private void put(int item, Row row) {
    if (rows.size() < ROWS_MAX || rows.containsKey(item)) rows.put(item, row);
  }
}
