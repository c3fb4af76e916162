package dev.kindred.collect;

import static dev.kindred.domain.Interaction.LARGEST_WEIGHT;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonReader.Kind;
import dev.kindred.json.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes in interactions: reads what is said of them, one by one or as an order. */
public final class InteractionIntake {

  private static final int ORDER_ITEMS_MAX = 1_000;
  // With the number of the item behind it, it is an event's id of at most 255 characters.
  private static final int ORDER_ID_MAX = 200;

  private final EventClock clock;
  private final Function<String, UserId> users;
  private final Function<String, EntityId> entities;

  public InteractionIntake(EventClock clock) {
    this(clock, UserId::new, EntityId::new);
  }

  private InteractionIntake(
      EventClock clock, Function<String, UserId> users, Function<String, EntityId> entities) {
    this.clock = clock;
    this.users = users;
    this.entities = entities;
  }

  /** One for very many interactions, which keeps the names that they have in common. */
  public static InteractionIntake ofMany(EventClock clock) {
    return new InteractionIntake(
        clock,
        new Recent<>(UserId::new, UserId::value),
        new Recent<>(EntityId::new, EntityId::value));
  }

  /** Reads the object that comes next. */
  public InteractionInput read(JsonReader reader) {
    var said = new Said(reader.pointer());
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "user_id" -> said.user = reader.id(users);
        case "entity_id" -> said.entity = reader.id(entities);
        case "entity_type" -> said.entityType = reader.string(EntityType::new);
        case "interaction_type" -> readType(reader, said);
        case "weight" ->
            said.weight = OptionalDouble.of(reader.number(-LARGEST_WEIGHT, LARGEST_WEIGHT));
        case "metadata" -> said.metadata = reader.object(Limits.METADATA);
        case "timestamp" -> said.at = clock.require(reader.pointer(), reader.time());
        case "event_id" -> said.eventId = Optional.of(reader.id());
        case "recommendation_id" -> said.recommendationId = Optional.of(reader.string());
        case "order_id" -> said.orderId = Optional.of(reader.id(InteractionIntake::orderId));
        case "items" -> said.items = items(reader);
        case "total" -> said.total = OptionalDouble.of(reader.number());
        case "tenant_id" -> said.tenant = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    return said.items == null ? interaction(said) : order(said, said.items);
  }

  /** A name, or {@code {"rating": 4.5}}, or {@code {"custom": "share"}}. */
  private static void readType(JsonReader reader, Said said) {
    if (reader.kind() != Kind.OBJECT) {
      said.type = reader.string(InteractionType::requireName);
      return;
    }
    String place = reader.pointer();
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "rating" -> {
          said.type = InteractionType.RATING;
          said.rating = OptionalDouble.of(reader.number(-LARGEST_WEIGHT, LARGEST_WEIGHT));
        }
        case "custom" -> said.type = reader.string(InteractionType::requireName);
        default -> fields.unknown();
      }
    }
    if (said.type == null) {
      throw InvalidRequest.at(
          place, "interaction_type must be a name, {\"rating\": number} or {\"custom\": name}");
    }
  }

  private static String orderId(String id) {
    if (!id.isEmpty() && id.length() <= ORDER_ID_MAX) return id;
    throw new InvalidRequest(
        "order_id must have 1 to " + ORDER_ID_MAX + " characters, got " + id.length());
  }

  private InteractionInput interaction(Said said) {
    EntityId entity = said.entity;
    if (entity == null) throw Required.field(said.place, "entity_id");
    String type = said.type;
    if (type == null) throw Required.field(said.place, "interaction_type");
    OptionalDouble weight = said.weight.isPresent() ? said.weight : said.rating;
    Interaction interaction =
        new Interaction(
            said.requireUser(),
            new EntityRef(entity, said.entityType),
            type,
            weight,
            said.metadata,
            said.at == null ? clock.next() : said.at,
            said.at != null,
            said.eventId,
            said.recommendationId,
            said.measures());
    return new InteractionInput(List.of(interaction), false, Optional.empty(), said.tenant);
  }

  /** One purchase an item. An order that has an id is stored once, however often it is sent. */
  private InteractionInput order(Said said, List<Item> items) {
    if (items.isEmpty())
      throw InvalidRequest.at(said.place + "/items", "items must hold at least one item");
    var purchases = new ArrayList<Interaction>(items.size());
    for (Item item : items) {
      int number = purchases.size() + 1;
      purchases.add(
          new Interaction(
              said.requireUser(),
              item.entity(),
              "purchase",
              said.weight,
              OrderMetadata.of(said.orderId, item.quantity(), item.price(), said.total),
              said.at == null ? clock.next() : said.at,
              said.at != null,
              said.orderId.map(id -> "order:" + id + ":" + number),
              said.recommendationId,
              said.measures()));
    }
    return new InteractionInput(purchases, true, said.orderId, said.tenant);
  }

  private static List<Item> items(JsonReader reader) {
    var items = new ArrayList<Item>();
    for (var elements = reader.array(); elements.next(); ) {
      if (items.size() == ORDER_ITEMS_MAX) {
        throw reader.invalid("items must hold at most " + ORDER_ITEMS_MAX + " items");
      }
      items.add(item(reader));
    }
    return items;
  }

  private static Item item(JsonReader reader) {
    String place = reader.pointer();
    @Nullable EntityId entity = null;
    @Nullable EntityType type = null;
    OptionalDouble quantity = OptionalDouble.empty();
    OptionalDouble price = OptionalDouble.empty();
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "entity_id" -> entity = reader.id(EntityId::new);
        case "entity_type" -> type = reader.string(EntityType::new);
        case "quantity" -> quantity = OptionalDouble.of(positive(reader));
        case "price" -> price = OptionalDouble.of(reader.number());
        default -> fields.unknown();
      }
    }
    if (entity == null) throw Required.field(place, "entity_id");
    return new Item(new EntityRef(entity, type), quantity, price);
  }

  private static double positive(JsonReader reader) {
    double number = reader.number();
    if (number > 0) return number;
    throw reader.invalid("quantity must be above 0, got " + number);
  }

  private record Item(EntityRef entity, OptionalDouble quantity, OptionalDouble price) {}

  /** What was read so far; null is what was not said. */
  private static final class Said {
    final String place;
    @Nullable UserId user;
    @Nullable EntityId entity;
    @Nullable EntityType entityType;
    @Nullable String type;
    OptionalDouble rating = OptionalDouble.empty();
    OptionalDouble weight = OptionalDouble.empty();
    JsonObject metadata = JsonObject.EMPTY;
    @Nullable Instant at;
    Optional<String> eventId = Optional.empty();
    Optional<String> recommendationId = Optional.empty();
    Optional<String> orderId = Optional.empty();
    @Nullable List<Item> items;
    OptionalDouble total = OptionalDouble.empty();
    Optional<String> tenant = Optional.empty();

    Said(String place) {
      this.place = place;
    }

    Measures measures() {
      return Measures.recommended(recommendationId.isPresent());
    }

    UserId requireUser() {
      if (user == null) throw Required.field(place, "user_id");
      return user;
    }
  }
}
