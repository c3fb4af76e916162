package dev.kindred.http;

import static dev.kindred.domain.Interaction.LARGEST_WEIGHT;
import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.InteractionTypes;
import dev.kindred.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Kinds of interactions, and how much each counts. */
final class InteractionTypesApi {

  private final Store store;
  private final Writes writes;

  InteractionTypesApi(Store store, Writes writes) {
    this.store = store;
    this.writes = writes;
  }

  List<Route> routes() {
    String all = "/api/v1/interaction-types";
    String one = all + "/{interaction_type}";
    return List.of(
        Route.post(all, SERVER, "Registers a type, or changes it", this::register),
        Route.get(all, SERVER, "Lists the types", this::list),
        Route.get(one, SERVER, "Reads a type", this::get),
        Route.put(one, SERVER, "Changes how much a type counts", this::put),
        Route.delete(one, SERVER, "Forgets what was registered", this::delete));
  }

  private Answer register(Exchange exchange) {
    Input input = Input.read(exchange.body());
    String name = input.name;
    if (name == null) {
      throw InvalidRequest.at("/interaction_type", "interaction_type is required");
    }
    TenantId tenant = exchange.tenant(input.tenant);
    var change =
        new Change.PutInteractionType(
            name, input.requireWeight(), input.description, input.halfLifeDays);
    return writes.keep(exchange, tenant, change, outcome -> stored(tenant, outcome, 201));
  }

  /** Changes what is named and leaves the rest. */
  private Answer put(Exchange exchange) {
    Input input = Input.read(exchange.body());
    TenantId tenant = exchange.tenant(input.tenant);
    InteractionType now = find(exchange, tenant);
    var change =
        new Change.PutInteractionType(
            now.name(),
            input.weight.orElse(now.weight()),
            input.description.or(now::description),
            input.halfLifeDays.isPresent() ? input.halfLifeDays : now.halfLifeDays());
    return writes.keep(exchange, tenant, change, outcome -> stored(tenant, outcome, 200));
  }

  private Answer get(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, tenant, find(exchange, tenant));
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer list(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    List<InteractionType> types = types(tenant).all();
    var writer = new JsonWriter(4 << 10).beginObject().name("interaction_types").beginArray();
    for (InteractionType type : types) {
      writer.beginObject();
      writeMembers(writer, tenant, type);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().field("total", types.size()).endObject().toByteArray());
  }

  private Answer delete(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var change = new Change.DeleteInteractionType(find(exchange, tenant).name());
    return writes.keep(exchange, tenant, change, _ -> Answer.noContent());
  }

  private InteractionType find(Exchange exchange, TenantId tenant) {
    String name = exchange.path("interaction_type");
    return types(tenant).find(name).orElseThrow(() -> NotFound.interactionType(name));
  }

  private InteractionTypes types(TenantId tenant) {
    return store.tenant(tenant).types();
  }

  private static Answer stored(TenantId tenant, Outcome outcome, int whenCreated) {
    var stored = (Outcome.InteractionTypeStored) outcome;
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, tenant, stored.type());
    writer.field("position", stored.position());
    byte[] body = writer.endObject().toByteArray();
    return Answer.json(stored.created() ? whenCreated : 200, body).at(stored.position());
  }

  private static void writeMembers(JsonWriter writer, TenantId tenant, InteractionType type) {
    writer.field("interaction_type", type.name());
    writer.field("weight", type.weight());
    writer.field("default_weight", type.weight());
    writer.name("description");
    type.description().ifPresentOrElse(writer::string, writer::nothing);
    type.halfLifeDays().ifPresent(days -> writer.field("half_life_days", days));
    writer.field("tenant_id", tenant.value());
    writer.field("created_at", type.createdAt());
    writer.field("updated_at", type.updatedAt());
  }

  /**
   * What a body says of a type; {@code weight} and {@code default_weight} are two names of one
   * thing.
   */
  private static final class Input {
    @Nullable String name; // null where the path names it
    OptionalDouble weight = OptionalDouble.empty();
    Optional<String> description = Optional.empty();
    OptionalDouble halfLifeDays = OptionalDouble.empty();
    Optional<String> tenant = Optional.empty();

    static Input read(byte[] body) {
      var input = new Input();
      var reader = JsonReader.of(body);
      for (var fields = reader.object(); fields.next(); ) {
        switch (fields.name()) {
          case "interaction_type" -> input.name = reader.string(InteractionType::requireName);
          case "weight", "default_weight" ->
              input.weight = OptionalDouble.of(reader.number(-LARGEST_WEIGHT, LARGEST_WEIGHT));
          case "description" -> input.description = Optional.of(reader.string());
          case "half_life_days" -> input.halfLifeDays = OptionalDouble.of(reader.number());
          case "tenant_id" -> input.tenant = Optional.of(reader.string());
          default -> fields.unknown();
        }
      }
      return input;
    }

    double requireWeight() {
      return weight.orElseThrow(() -> InvalidRequest.at("/weight", "weight is required"));
    }
  }
}
