package dev.kindred.http;

import static dev.kindred.http.Access.ADMIN;

import dev.kindred.collect.NewKey;
import dev.kindred.domain.ApiKey;
import dev.kindred.domain.ApiKey.Kind;
import dev.kindred.domain.Change;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The keys that open the API. */
final class KeysApi {

  private static final int ORIGINS_MAX = 100;
  private static final int RATE_MAX = 100_000_000;

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;

  KeysApi(Store store, Writes writes, InstantSource clock) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/keys", ADMIN, "Creates a key", this::create),
        Route.get("/api/v1/keys", ADMIN, "Lists all keys", this::list),
        Route.delete("/api/v1/keys/{key_id}", ADMIN, "Revokes a key", this::revoke));
  }

  private Answer create(Exchange exchange) {
    @Nullable Kind kind = null;
    String name = "";
    Optional<TenantId> tenant = Optional.empty();
    List<String> origins = List.of();
    OptionalInt requestsPerMinute = OptionalInt.empty();
    var reader = JsonReader.of(exchange.body());
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "kind" -> kind = reader.string(Kind::of);
        case "name" -> name = reader.string();
        case "tenant_id" -> tenant = Optional.of(reader.string(TenantId::new));
        case "origins" -> origins = reader.strings(ORIGINS_MAX);
        case "requests_per_minute" ->
            requestsPerMinute = OptionalInt.of((int) reader.integer(1, RATE_MAX));
        default -> fields.unknown();
      }
    }
    if (kind == null) throw InvalidRequest.at("/kind", "kind is required");
    NewKey made = NewKey.make(name, kind, tenant, origins, requestsPerMinute, clock.instant());
    List<String> unknownFields = reader.unknownFields();
    return writes.keepAll(
        exchange,
        exchange.tenant(),
        List.of(new Change.CreateKey(made.key())),
        outcomes -> created(outcomes, Optional.of(made.secret()), unknownFields),
        // Remembered answers are stored, and the secret must not be.
        outcomes -> created(outcomes, Optional.empty(), unknownFields));
  }

  private static Answer created(
      List<Outcome> outcomes, Optional<String> secret, List<String> unknownFields) {
    var stored = (Outcome.KeyStored) outcomes.getFirst();
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, stored.key());
    writer.name("key");
    secret.ifPresentOrElse(writer::string, writer::nothing);
    writer.field("position", stored.position());
    UnknownFields.write(writer, unknownFields);
    return Answer.created(writer.endObject().toByteArray()).at(stored.position());
  }

  private Answer list(Exchange exchange) {
    var writer = new JsonWriter().beginObject().name("keys").beginArray();
    for (ApiKey key : store.keys().all()) {
      writer.beginObject();
      writeMembers(writer, key);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private Answer revoke(Exchange exchange) {
    var change = new Change.RevokeKey(exchange.path("key_id"));
    return writes.keep(exchange, exchange.tenant(), change, _ -> Answer.noContent());
  }

  private static void writeMembers(JsonWriter writer, ApiKey key) {
    writer.field("key_id", key.id());
    writer.field("name", key.name());
    writer.field("kind", key.kind().word());
    writer.name("tenant_id");
    key.tenant().map(TenantId::value).ifPresentOrElse(writer::string, writer::nothing);
    writer.name("origins").strings(key.origins());
    key.requestsPerMinute().ifPresent(rate -> writer.field("requests_per_minute", rate));
    writer.field("created_at", key.createdAt());
    key.revokedAt().ifPresent(at -> writer.field("revoked_at", at));
  }
}
