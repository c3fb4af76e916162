package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Several items bought at once. */
public final class Order extends Fields<Order> {

  private Order(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static Order of(String userId, List<OrderItem> items) {
    return new Order(Map.of()).with("user_id", userId).with("items", items);
  }

  @Override
  Order made(Map<String, Object> values) {
    return new Order(values);
  }

  /** The same again is stored once. */
  public Order orderId(String orderId) {
    return with("order_id", orderId);
  }

  /** What it cost. */
  public Order total(double total) {
    return with("total", total);
  }

  /** When it happened, if not now. */
  public Order timestamp(Instant timestamp) {
    return with("timestamp", timestamp);
  }

  /** The list it came from. */
  public Order recommendationId(String recommendationId) {
    return with("recommendation_id", recommendationId);
  }

  /** Whose it is; for keys that open all tenants. */
  public Order tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
