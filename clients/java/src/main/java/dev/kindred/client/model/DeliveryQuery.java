package dev.kindred.client.model;

import java.util.Map;

/** Which page to read. */
public final class DeliveryQuery extends Fields<DeliveryQuery> {

  private DeliveryQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static DeliveryQuery any() {
    return new DeliveryQuery(Map.of());
  }

  @Override
  DeliveryQuery made(Map<String, Object> values) {
    return new DeliveryQuery(values);
  }

  /** How many to a page. */
  public DeliveryQuery limit(long limit) {
    return with("limit", limit);
  }

  /** Where the page before ended. */
  public DeliveryQuery cursor(String cursor) {
    return with("cursor", cursor);
  }
}
