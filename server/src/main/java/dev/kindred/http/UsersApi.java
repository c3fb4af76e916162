package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Users: who did something, and what is known of them. */
final class UsersApi {

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;

  UsersApi(Store store, Writes writes, InstantSource clock) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    String one = "/api/v1/users/{user_id}";
    return List.of(
        Route.get(one, SERVER, "Reads a user's profile", this::get),
        Route.put(one, SERVER, "Creates a user or replaces their attributes", this::put),
        Route.delete(one, SERVER, "Erases a user and all they did", this::erase));
  }

  private Answer get(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    UserId user = user(exchange);
    UserProfile profile =
        store.tenant(tenant).users().find(user).orElseThrow(() -> NotFound.user(user));
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, tenant, profile);
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer put(Exchange exchange) {
    JsonObject attributes = JsonObject.EMPTY;
    Optional<String> said = Optional.empty();
    var reader = JsonReader.of(exchange.body());
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "attributes" -> attributes = reader.object(Limits.ATTRIBUTES);
        case "tenant_id" -> said = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    TenantId tenant = exchange.tenant(said);
    var change = new Change.PutUser(user(exchange), attributes);
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> {
          var stored = (Outcome.UserStored) outcome;
          var writer = new JsonWriter().beginObject();
          writeMembers(writer, tenant, stored.user());
          writer.field("position", stored.position());
          UnknownFields.write(writer, reader.unknownFields());
          byte[] body = writer.endObject().toByteArray();
          return Answer.json(stored.created() ? 201 : 200, body).at(stored.position());
        });
  }

  private Answer erase(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    UserId user = user(exchange);
    return writes.keep(
        exchange,
        tenant,
        new Change.EraseUser(user),
        outcome -> {
          var erased = (Outcome.UserErased) outcome;
          byte[] receipt =
              new JsonWriter()
                  .beginObject()
                  .field("user_id", user.value())
                  .field("tenant_id", tenant.value())
                  .field("interactions_removed", erased.interactionsRemoved())
                  .field("erased_at", clock.instant())
                  .field("position", erased.position())
                  .endObject()
                  .toByteArray();
          return Answer.ok(receipt).at(erased.position());
        });
  }

  private static UserId user(Exchange exchange) {
    return new UserId(exchange.path("user_id"));
  }

  private static void writeMembers(JsonWriter writer, TenantId tenant, UserProfile profile) {
    writer.field("user_id", profile.id().value());
    writer.field("tenant_id", tenant.value());
    writer.field("attributes", profile.attributes());
    writer.field("interaction_count", profile.interactionCount());
    writer.field("created_at", profile.createdAt());
    writer.field("updated_at", profile.updatedAt());
  }
}
