package dev.kindred.client.model;

import java.util.List;
import java.util.Map;

/** What grows in a shop. */
public final class ShopQuery extends Fields<ShopQuery> {

  private ShopQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ShopQuery any() {
    return new ShopQuery(Map.of());
  }

  @Override
  ShopQuery made(Map<String, Object> values) {
    return new ShopQuery(values);
  }

  /** How many. */
  public ShopQuery count(long count) {
    return with("count", count);
  }

  /** Only in this category. */
  public ShopQuery category(String category) {
    return with("category", category);
  }

  /** Only entities of this type. */
  public ShopQuery entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** How far back to look. */
  public ShopQuery windowDays(double windowDays) {
    return with("window_days", windowDays);
  }

  /** Never these. */
  public ShopQuery exclude(List<String> exclude) {
    return with("exclude", exclude);
  }
}
