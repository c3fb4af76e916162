package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.EntityIntake;
import dev.kindred.domain.Change;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.Json;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.ContentMetrics;
import dev.kindred.measure.behaviour.Description;
import dev.kindred.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Content: entities as those see them who count what users make of them. */
final class ContentApi {

  private static final int TITLE_LONGEST = 1_000;
  private static final int GENRES_MAX = 50;
  private static final int GENRE_LONGEST = 200;

  private final Store store;
  private final Writes writes;
  private final EntityIntake intake;
  private final Behaviours behaviours;

  ContentApi(Store store, Writes writes, EntityIntake intake, Behaviours behaviours) {
    this.store = store;
    this.writes = writes;
    this.intake = intake;
    this.behaviours = behaviours;
  }

  List<Route> routes() {
    String one = "/api/v1/content/{content_id}";
    return List.of(
        Route.get(one, SERVER, "What content is", this::get),
        Route.put(one, SERVER, "Says what content is", this::put),
        Route.get(one + "/metrics", SERVER, "What users made of content", this::metrics));
  }

  private Answer metrics(Exchange exchange) {
    ContentMetrics metrics = find(exchange);
    var writer = new JsonWriter(1 << 10).beginObject();
    writeDescription(writer, metrics);
    AnalyticsApi.write(writer, "averageRating", metrics.averageRating());
    writer.field("totalViews", metrics.totalViews());
    writer.field("completionRate", metrics.completionRate());
    writer.field("skipRate", metrics.skipRate());
    writer.field("trendingScore", metrics.trendingScore());
    writer.field("popularityIndex", metrics.popularityIndex());
    AnalyticsApi.write(writer, "lastUpdated", metrics.lastUpdated());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer get(Exchange exchange) {
    var writer = new JsonWriter(1 << 10).beginObject();
    writeDescription(writer, find(exchange));
    return Answer.ok(writer.endObject().toByteArray());
  }

  private static void writeDescription(JsonWriter writer, ContentMetrics content) {
    writer.field("contentId", content.key().id().value());
    writer.field("mediaType", content.mediaType());
    writer.name("title");
    if (content.title().isPresent()) writer.string(content.title().get());
    else writer.nothing();
    writer.name("genres").strings(content.genres());
  }

  private ContentMetrics find(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    EntityKey key = key(store, exchange, tenant);
    return behaviours.content(tenant, key).orElseThrow(() -> NotFound.entity(key.asRef()));
  }

  /** The content that a path and perhaps a query name. */
  static EntityKey key(Store store, Exchange exchange, TenantId tenant) {
    var id = new EntityId(exchange.path("content_id"));
    return known(store, tenant, id, mediaType(exchange))
        .orElseThrow(() -> NotFound.entity(EntityRef.untyped(id)));
  }

  private static Optional<EntityType> mediaType(Exchange exchange) {
    return exchange.query().one("mediaType").map(EntityType::new);
  }

  /** The content of that id: one that is described goes before those that were only named. */
  private static Optional<EntityKey> known(
      Store store, TenantId tenant, EntityId id, Optional<EntityType> type) {
    if (type.isPresent()) return type.map(given -> new EntityKey(given, id));
    var catalog = store.tenant(tenant).catalog();
    List<EntityType> types = catalog.typesOf(id);
    if (types.isEmpty()) types = catalog.namedTypesOf(id);
    if (types.size() > 1) throw Conflict.ambiguous(id, types);
    return types.stream().findFirst().map(only -> new EntityKey(only, id));
  }

  private Answer put(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    Optional<EntityType> mediaType = Optional.empty();
    Optional<String> said = Optional.empty();
    var attributes = new JsonWriter(512).beginObject();
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "mediaType" -> mediaType = Optional.of(reader.string(EntityType::new));
        case "title" -> attributes.field("title", title(reader));
        case "genres" -> attributes.name("genres").strings(genres(reader));
        case "tenant_id" -> said = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    TenantId tenant = exchange.tenant(said);
    var id = new EntityId(exchange.path("content_id"));
    EntityKey key = keyFor(tenant, id, mediaType);
    mediaType
        .filter(type -> !type.equals(key.type()))
        .ifPresent(type -> attributes.field(Description.MEDIA_TYPE, type.value()));
    JsonObject patch = Json.object(attributes.endObject().toByteArray(), Limits.ATTRIBUTES);
    try {
      return writes.keep(
          exchange,
          tenant,
          change(tenant, key, patch),
          outcome -> answer((Outcome.EntityStored) outcome, reader.unknownFields()));
    } catch (KindredException failure) {
      throw failure.code() == ErrorCode.DATABASE_UNAVAILABLE
          ? new KindredException(ErrorCode.UPDATE_ERROR, failure.sentence())
          : failure;
    }
  }

  /** What was only named so far, by behaviours that did not say its type, is what is meant. */
  private EntityKey keyFor(TenantId tenant, EntityId id, Optional<EntityType> mediaType) {
    var catalog = store.tenant(tenant).catalog();
    List<EntityType> described = catalog.typesOf(id);
    List<EntityType> named = catalog.namedTypesOf(id);
    if (mediaType.isEmpty()) {
      return known(store, tenant, id, mediaType).orElse(new EntityKey(EntityType.PRODUCT, id));
    }
    boolean isMeant = described.isEmpty() && named.equals(List.of(EntityType.PRODUCT));
    return new EntityKey(isMeant ? EntityType.PRODUCT : mediaType.get(), id);
  }

  private Change change(TenantId tenant, EntityKey key, JsonObject patch) {
    byte[] body =
        new JsonWriter(1 << 10).beginObject().field("attributes", patch).endObject().toByteArray();
    var reader = JsonReader.of(body);
    return store.tenant(tenant).catalog().find(key).isPresent()
        ? intake.patch(tenant, key, intake.readPatch(reader))
        : intake.put(tenant, key, intake.read(reader), Change.PutMode.UPSERT);
  }

  private static Answer answer(Outcome.EntityStored stored, List<String> unknownFields) {
    EntityKey key = stored.entity().key();
    Instant updated = stored.entity().updatedAt();
    var writer = new JsonWriter(512).beginObject();
    writer.field("contentId", key.id().value()).field("entity_type", key.type().value());
    writer.field("attributes", stored.entity().attributes()).field("updatedAt", updated);
    writer.field("position", stored.position());
    UnknownFields.write(writer, unknownFields);
    byte[] json = writer.endObject().toByteArray();
    return Answer.json(stored.created() ? 201 : 200, json).at(stored.position());
  }

  private static String title(JsonReader reader) {
    String title = reader.string();
    if (title.length() <= TITLE_LONGEST) return title;
    throw reader.invalid(
        "title must have at most " + TITLE_LONGEST + " characters, got " + title.length());
  }

  private static List<String> genres(JsonReader reader) {
    List<String> genres = reader.strings(GENRES_MAX);
    for (String genre : genres) {
      if (genre.isBlank() || genre.length() > GENRE_LONGEST) {
        throw new InvalidRequest(
                "a genre must have 1 to "
                    + GENRE_LONGEST
                    + " characters, got "
                    + Shown.value(genre))
            .at("/genres");
      }
    }
    return genres;
  }
}
