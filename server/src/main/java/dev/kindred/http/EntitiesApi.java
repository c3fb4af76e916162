package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.EntityInput;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.EntityPatch;
import dev.kindred.collect.VectorMaker;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Store;
import java.util.List;
import java.util.Optional;

/** Entities one by one: what may be recommended. */
final class EntitiesApi {

  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MAX = 1_000;

  private final Store store;
  private final Writes writes;
  private final EntityIntake intake;
  private final VectorMaker vectors;

  EntitiesApi(Store store, Writes writes, EntityIntake intake, VectorMaker vectors) {
    this.store = store;
    this.writes = writes;
    this.intake = intake;
    this.vectors = vectors;
  }

  List<Route> routes() {
    String one = "/api/v1/entities/{entity_id}";
    return List.of(
        Route.post("/api/v1/entities", SERVER, "Creates an entity", this::create),
        Route.get("/api/v1/entities", SERVER, "Lists entities", this::list),
        Route.get(one, SERVER, "Reads an entity", this::get),
        Route.put(one, SERVER, "Replaces an entity", this::put),
        Route.patch(one, SERVER, "Changes parts of an entity", this::patch),
        Route.delete(one, SERVER, "Deletes an entity", this::delete));
  }

  private Answer create(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    EntityInput input = intake.read(reader);
    TenantId tenant = exchange.tenant(input.tenant());
    PutMode mode = exchange.query().flag("upsert", false) ? PutMode.UPSERT : PutMode.CREATE;
    Change change = intake.put(tenant, input.key(), input, mode);
    return writes.keep(
        exchange, tenant, change, outcome -> stored(tenant, outcome, reader.unknownFields()));
  }

  private Answer put(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    EntityInput input = intake.read(reader);
    TenantId tenant = exchange.tenant(input.tenant());
    boolean upsert = exchange.query().flag("upsert", false);
    EntityKey key = keyOf(exchange, tenant, input, upsert);
    Change change = intake.put(tenant, key, input, upsert ? PutMode.UPSERT : PutMode.REPLACE);
    return writes.keep(
        exchange, tenant, change, outcome -> stored(tenant, outcome, reader.unknownFields()));
  }

  /** The path's id, and a type from the query, the body, or what is stored. */
  private EntityKey keyOf(Exchange exchange, TenantId tenant, EntityInput input, boolean mayBeNew) {
    var id = new EntityId(exchange.path("entity_id"));
    if (input.id().isPresent() && !input.id().get().equals(id)) {
      throw InvalidRequest.at(
          "/entity_id",
          "entity_id must be the path's, '" + id + "', got '" + input.id().get() + "'");
    }
    Optional<EntityType> asked = exchange.query().one("entity_type").map(EntityType::new);
    if (asked.isPresent() && input.type().isPresent() && !asked.equals(input.type())) {
      throw InvalidRequest.at(
          "/entity_type",
          "entity_type must be the query's, '"
              + asked.get()
              + "', got '"
              + input.type().get()
              + "'");
    }
    Optional<EntityType> type = asked.or(input::type);
    if (type.isPresent()) return new EntityKey(type.get(), id);
    List<EntityType> stored = store.tenant(tenant).catalog().typesOf(id);
    if (stored.isEmpty() && mayBeNew) {
      throw InvalidRequest.at("entity_type", "entity_type is required for an entity that is new");
    }
    return keyOf(id, stored);
  }

  private Answer patch(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    EntityPatch patch = intake.readPatch(reader);
    TenantId tenant = exchange.tenant(patch.tenant());
    Change change = intake.patch(tenant, keyOf(exchange, tenant), patch);
    return writes.keep(
        exchange, tenant, change, outcome -> stored(tenant, outcome, reader.unknownFields()));
  }

  private Answer delete(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var change = new Change.DeleteEntity(keyOf(exchange, tenant));
    return writes.keep(exchange, tenant, change, _ -> Answer.noContent());
  }

  private Answer get(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var shape = EntityShape.of(exchange.query(), true);
    EntityKey key = keyOf(exchange, tenant);
    Entity entity =
        store.tenant(tenant).catalog().find(key).orElseThrow(() -> NotFound.entity(key.asRef()));
    var writer = new JsonWriter(8 << 10);
    shape.write(writer, tenant, vectors.upToDate(tenant, entity));
    return Answer.ok(writer.toByteArray());
  }

  private Answer list(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    Query query = exchange.query();
    var shape = EntityShape.of(query, false);
    int limit = query.number("limit", PAGE_DEFAULT, 1, PAGE_MAX);
    Optional<EntityType> type = query.one("entity_type").map(EntityType::new);
    Optional<EntityKey> after = query.one("cursor").map(Cursors::entity);
    List<Entity> page = store.tenant(tenant).catalog().page(type, after, limit + 1);
    List<Entity> shown = page.subList(0, Math.min(limit, page.size()));

    var writer = new JsonWriter(32 << 10).beginObject().name("entities").beginArray();
    for (Entity entity : shown) shape.write(writer, tenant, vectors.upToDate(tenant, entity));
    writer.endArray().name("next_cursor");
    if (page.size() > limit) writer.string(Cursors.of(shown.getLast().key()));
    else writer.nothing();
    return Answer.ok(writer.endObject().toByteArray());
  }

  /** The answer to an entity that was put. */
  static Answer stored(TenantId tenant, Outcome outcome, List<String> unknownFields) {
    var stored = (Outcome.EntityStored) outcome;
    var writer = new JsonWriter(8 << 10);
    EntityShape.WHOLE.writeStored(writer, tenant, stored, unknownFields);
    return Answer.json(stored.created() ? 201 : 200, writer.toByteArray()).at(stored.position());
  }

  private EntityKey keyOf(Exchange exchange, TenantId tenant) {
    return key(store, exchange, tenant);
  }

  /** The entity that a path and perhaps a query name. */
  static EntityKey key(Store store, Exchange exchange, TenantId tenant) {
    var id = new EntityId(exchange.path("entity_id"));
    Optional<EntityType> type = exchange.query().one("entity_type").map(EntityType::new);
    return type.isPresent()
        ? new EntityKey(type.get(), id)
        : keyOf(id, store.tenant(tenant).catalog().typesOf(id));
  }

  private static EntityKey keyOf(EntityId id, List<EntityType> types) {
    return switch (types.size()) {
      case 0 -> throw NotFound.entity(EntityRef.untyped(id));
      case 1 -> new EntityKey(types.getFirst(), id);
      default -> throw Conflict.ambiguous(id, types);
    };
  }
}
