package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.VectorMaker;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.store.Catalog.Numbered;
import dev.kindred.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Embeddings of content: vectors with the name of the model that made them, and who is near. */
final class EmbeddingsApi {

  /** The attribute that names the model of a vector that was given. */
  private static final String MODEL = "embeddingModel";

  private static final String OWN_MODEL = "kindred-attributes";
  private static final String NO_MODEL = "given";
  private static final int MODEL_LONGEST = 200;
  private static final int NEAREST_DEFAULT = 10;
  private static final int NEAREST_MAX = 100;

  private final Store store;
  private final Writes writes;
  private final EntityIntake intake;
  private final VectorMaker vectors;
  private final Learning learning;

  EmbeddingsApi(
      Store store, Writes writes, EntityIntake intake, VectorMaker vectors, Learning learning) {
    this.store = store;
    this.writes = writes;
    this.intake = intake;
    this.vectors = vectors;
    this.learning = learning;
  }

  List<Route> routes() {
    String one = "/api/v1/content/{content_id}";
    return List.of(
        Route.get(one + "/embedding", SERVER, "The vector of content", this::get),
        Route.put(one + "/embedding", SERVER, "Gives content a vector", this::put),
        Route.get(one + "/nearest", SERVER, "Content with near vectors", this::nearest));
  }

  private record Near(Entity entity, double similarity) {}

  private Answer get(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    return Answer.ok(write(vectors.upToDate(tenant, find(exchange, tenant)), 0, List.of()));
  }

  private Answer put(Exchange exchange) {
    @Nullable String model = null;
    float @Nullable [] vector = null;
    Optional<String> said = Optional.empty();
    var reader = JsonReader.of(exchange.body());
    var fields = reader.object();
    while (fields.next()) {
      switch (fields.name()) {
        case "model" -> model = model(reader);
        case "vector" -> vector = reader.floats(vectors.dimension());
        case "tenant_id" -> said = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    String name = fields.require("model", model);
    float[] values = fields.require("vector", vector);
    TenantId tenant = exchange.tenant(said);
    EntityKey key = find(exchange, tenant).key();
    var body = new JsonWriter(8 << 10).beginObject();
    body.name("attributes").beginObject().field(MODEL, name).endObject();
    body.name("feature_vector").numbers(values);
    var patch = intake.readPatch(JsonReader.of(body.endObject().toByteArray()));
    return writes.keep(
        exchange,
        tenant,
        intake.patch(tenant, key, patch),
        outcome -> {
          var stored = (Outcome.EntityStored) outcome;
          byte[] json = write(stored.entity(), stored.position(), reader.unknownFields());
          return Answer.ok(json).at(stored.position());
        });
  }

  private static String model(JsonReader reader) {
    String name = reader.string();
    if (!name.isBlank() && name.length() <= MODEL_LONGEST) return name;
    throw reader.invalid(
        "model must have 1 to " + MODEL_LONGEST + " characters, got " + name.length());
  }

  private Answer nearest(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    int limit = exchange.query().number("limit", NEAREST_DEFAULT, 1, NEAREST_MAX);
    Entity entity = vectors.upToDate(tenant, find(exchange, tenant));
    var writer = new JsonWriter(2 << 10).beginObject();
    writer.field("contentId", entity.key().id().value()).field("model", modelOf(entity));
    writer.name("nearest").beginArray();
    for (Near near : near(tenant, entity, limit)) {
      EntityKey key = near.entity.key();
      writer.beginObject().field("contentId", key.id().value());
      writer.field("mediaType", key.type().value()).field("similarity", near.similarity);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  /** Found by the index in the process or the database, and compared by the vectors themselves. */
  private List<Near> near(TenantId tenant, Entity entity, int limit) {
    var near = new ArrayList<Near>();
    for (Numbered one : store.tenant(tenant).catalog().numbered(found(tenant, entity, limit))) {
      if (one.entity().isEmpty()) continue;
      Entity other = vectors.upToDate(tenant, one.entity().get());
      near.add(new Near(other, cosine(entity.vector().values(), other.vector().values())));
    }
    near.sort(
        Comparator.comparingDouble(Near::similarity)
            .reversed()
            .thenComparing(one -> one.entity.key().id().value()));
    return near;
  }

  private List<Integer> found(TenantId tenant, Entity entity, int limit) {
    LiveTenant live = learning.tenant(tenant);
    record Found(List<Integer> numbers, boolean isWhole) {}
    Found found =
        live.readWithVectors(at -> {
          List<Integer> numbers =
              live.shelf(entity.key().type())
                  .map(items -> items.near(items.find(entity.key().id().value()), limit, at))
                  .orElse(List.of());
          return new Found(numbers, at.isWhole());
        });
    if (!found.isWhole()) throw Unavailable.database();
    return found.numbers();
  }

  private static double cosine(float[] one, float[] other) {
    double dot = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      dot += (double) one[i] * other[i];
      ones += (double) one[i] * one[i];
      others += (double) other[i] * other[i];
    }
    return ones == 0 || others == 0
        ? 0
        : Math.clamp(dot / (Math.sqrt(ones) * Math.sqrt(others)), -1, 1);
  }

  private Entity find(Exchange exchange, TenantId tenant) {
    EntityKey key = ContentApi.key(store, exchange, tenant);
    return store.tenant(tenant).catalog().find(key).orElseThrow(() -> NotFound.entity(key.asRef()));
  }

  private static byte[] write(Entity entity, long position, List<String> unknownFields) {
    var writer = new JsonWriter(8 << 10).beginObject();
    writer.field("contentId", entity.key().id().value());
    writer.field("mediaType", entity.key().type().value());
    writer.field("model", modelOf(entity));
    writer.field("dimension", entity.vector().values().length);
    writer.name("vector").numbers(entity.vector().values());
    if (position > 0) writer.field("position", position);
    UnknownFields.write(writer, unknownFields);
    return writer.endObject().toByteArray();
  }

  /** Who made the vector: the model that was named with it, or we, from the attributes. */
  private static String modelOf(Entity entity) {
    if (!entity.vector().isGiven()) return OWN_MODEL + "-" + entity.vector().madeWith();
    var reader = JsonReader.of(entity.attributes());
    for (var fields = reader.object(); fields.next(); ) {
      boolean isName = fields.name().equals(MODEL) && reader.kind() == JsonReader.Kind.STRING;
      if (isName) return reader.string();
      reader.skip();
    }
    return NO_MODEL;
  }
}
