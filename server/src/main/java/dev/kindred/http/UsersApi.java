package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Users: who did something, and what is known of them. */
final class UsersApi {

  private static final int MERGES_MAX = 100;

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;
  private final Supplier<String> mergeIds;

  /**
   * Handles requests about users.
   *
   * @param mergeIds makes a new id at each call
   */
  UsersApi(Store store, Writes writes, InstantSource clock, Supplier<String> mergeIds) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
    this.mergeIds = mergeIds;
  }

  List<Route> routes() {
    String one = "/api/v1/users/{user_id}";
    return List.of(
        Route.get(one, SERVER, "Reads a user's profile", this::get),
        Route.put(one, SERVER, "Creates a user or replaces their attributes", this::put),
        Route.delete(one, SERVER, "Erases a user and all they did", this::erase),
        Route.post(one + "/merge", SERVER, "Gives a user what another one did", this::merge),
        Route.get(one + "/merges", SERVER, "The merges that a user was part of", this::merges),
        Route.delete(one + "/merges/{merge_id}", SERVER, "Undoes a merge", this::undoMerge));
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

  private Answer merge(Exchange exchange) {
    Optional<UserId> from = Optional.empty();
    Optional<String> said = Optional.empty();
    var reader = JsonReader.of(exchange.body());
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "from" -> from = Optional.of(reader.id(UserId::new));
        case "tenant_id" -> said = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    TenantId tenant = exchange.tenant(said);
    UserId unknown =
        from.orElseThrow(() -> InvalidRequest.at("/from", "from is required: the user to merge"));
    var change = new Change.MergeUsers(mergeIds.get(), unknown, user(exchange));
    return writes.keep(exchange, tenant, change, outcome -> merged(tenant, outcome, 201));
  }

  private Answer undoMerge(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    UserMerge merge = merge(exchange, tenant);
    var change = new Change.UndoMerge(merge.id());
    return writes.keep(exchange, tenant, change, outcome -> merged(tenant, outcome, 200));
  }

  /** The merge in the path, which has to be one of the user in the path. */
  private UserMerge merge(Exchange exchange, TenantId tenant) {
    String id = exchange.path("merge_id");
    UserId user = user(exchange);
    return store
        .tenant(tenant)
        .users()
        .merge(id)
        .filter(merge -> merge.into().equals(user))
        .orElseThrow(() -> NotFound.of("merge", id));
  }

  private Answer merges(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var writer = new JsonWriter(1 << 10).beginObject().name("merges").beginArray();
    for (UserMerge merge : store.tenant(tenant).users().merges(user(exchange), MERGES_MAX)) {
      writer.beginObject();
      writeMembers(writer, tenant, merge);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private static Answer merged(TenantId tenant, Outcome outcome, int status) {
    var merged = (Outcome.UsersMerged) outcome;
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, tenant, merged.merge());
    writer.field("position", merged.position());
    return Answer.json(status, writer.endObject().toByteArray()).at(merged.position());
  }

  private static void writeMembers(JsonWriter writer, TenantId tenant, UserMerge merge) {
    writer.field("merge_id", merge.id());
    writer.field("user_id", merge.into().value());
    writer.field("from", merge.from().value());
    writer.field("tenant_id", tenant.value());
    writer.field("interactions_moved", merge.moved());
    writer.field("merged_at", merge.at());
    merge.undoneAt().ifPresent(at -> writer.field("undone_at", at));
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
