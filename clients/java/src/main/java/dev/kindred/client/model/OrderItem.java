package dev.kindred.client.model;

import java.util.Map;

/** A line of an order. */
public final class OrderItem extends Fields<OrderItem> {

  private OrderItem(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static OrderItem of(String entityId) {
    return new OrderItem(Map.of()).with("entity_id", entityId);
  }

  @Override
  OrderItem made(Map<String, Object> values) {
    return new OrderItem(values);
  }

  /** May be left out where exactly one entity has that id. */
  public OrderItem entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** How many. */
  public OrderItem quantity(double quantity) {
    return with("quantity", quantity);
  }

  /** What one costs. */
  public OrderItem price(double price) {
    return with("price", price);
  }
}
