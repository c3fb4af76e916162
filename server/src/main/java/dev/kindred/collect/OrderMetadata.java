package dev.kindred.collect;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is kept of an order beside each of its purchases. */
final class OrderMetadata {

  private OrderMetadata() {}

  static JsonObject of(
      Optional<String> orderId,
      OptionalDouble quantity,
      OptionalDouble price,
      OptionalDouble total) {
    var writer = new JsonWriter(128).beginObject();
    orderId.ifPresent(id -> writer.field("order_id", id));
    quantity.ifPresent(value -> writer.field("quantity", value));
    price.ifPresent(value -> writer.field("price", value));
    total.ifPresent(value -> writer.field("order_total", value));
    return Json.object(writer.endObject().toByteArray(), Limits.METADATA);
  }
}
