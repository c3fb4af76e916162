package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;
import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.InteractionInput;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.Warnings;
import dev.kindred.domain.Change;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.InteractionJson;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Interactions one by one: what users did. */
final class InteractionsApi {

  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MAX = 1_000;
  // Far pages by offset cost what lies before them; a cursor goes any distance.
  private static final int OFFSET_MAX = 100_000;

  private final Store store;
  private final Writes writes;
  private final InteractionIntake intake;

  InteractionsApi(Store store, Writes writes, InteractionIntake intake) {
    this.store = store;
    this.writes = writes;
    this.intake = intake;
  }

  List<Route> routes() {
    String all = "/api/v1/interactions";
    return List.of(
        Route.post(all, PUBLISHABLE, "Records an interaction", this::record),
        Route.get(all + "/user/{user_id}", SERVER, "What a user did", this::ofUser),
        Route.get(all + "/entity/{entity_id}", SERVER, "What was done with it", this::ofEntity));
  }

  private Answer record(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    InteractionInput input = intake.read(reader);
    TenantId tenant = exchange.tenant(input.tenant());
    List<Change> changes = new ArrayList<>(input.interactions().size());
    for (Interaction one : input.interactions()) changes.add(new Change.RecordInteraction(one));
    return writes.keepAll(
        exchange,
        tenant,
        changes,
        outcomes ->
            input.isOrder()
                ? order(tenant, input, outcomes, reader.unknownFields())
                : interaction(tenant, outcomes.getFirst(), reader.unknownFields()));
  }

  private static Answer interaction(TenantId tenant, Outcome outcome, List<String> unknownFields) {
    var stored = (Outcome.InteractionStored) outcome;
    var writer = new JsonWriter(512).beginObject();
    InteractionJson.writeMembers(writer, Optional.of(tenant), stored.interaction());
    if (stored.duplicate()) writer.field("duplicate", true);
    UnknownFields.write(writer, unknownFields, warnings(stored));
    byte[] body = writer.endObject().toByteArray();
    return Answer.json(stored.duplicate() ? 200 : 201, body).at(stored.position());
  }

  private static Answer order(
      TenantId tenant, InteractionInput input, List<Outcome> outcomes, List<String> unknownFields) {
    Set<String> warnings = new LinkedHashSet<>();
    boolean duplicate = true;
    long position = 0;
    var writer = new JsonWriter(4 << 10).beginObject();
    writer.field("user_id", input.interactions().getFirst().user().value());
    input.orderId().ifPresent(id -> writer.field("order_id", id));
    writer.name("interactions").beginArray();
    for (Outcome outcome : outcomes) {
      var stored = (Outcome.InteractionStored) outcome;
      writer.beginObject();
      InteractionJson.writeMembers(writer, Optional.of(tenant), stored.interaction());
      if (stored.duplicate()) writer.field("duplicate", true);
      writer.endObject();
      warnings.addAll(warnings(stored));
      duplicate &= stored.duplicate();
      position = Math.max(position, stored.position());
    }
    writer.endArray().field("position", position);
    UnknownFields.write(writer, unknownFields, List.copyOf(warnings));
    byte[] body = writer.endObject().toByteArray();
    return Answer.json(duplicate ? 200 : 201, body).at(position);
  }

  private static List<String> warnings(Outcome.InteractionStored stored) {
    return stored.typeIsRegistered()
        ? List.of()
        : List.of(Warnings.unregistered(stored.interaction()));
  }

  private Answer ofUser(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var user = new UserId(exchange.path("user_id"));
    Page page = page(exchange.query());
    return list(tenant, page, store.tenant(tenant).interactions().ofUser(user, page));
  }

  private Answer ofEntity(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    Page page = page(exchange.query());
    var key = EntitiesApi.key(store, exchange, tenant);
    return list(tenant, page, store.tenant(tenant).interactions().ofEntity(key, page));
  }

  private static Page page(Query query) {
    Optional<After> after = query.one("cursor").map(Cursors::after);
    return new Page(
        query.number("limit", PAGE_DEFAULT, 1, PAGE_MAX),
        query.number("offset", 0, 0, OFFSET_MAX),
        after);
  }

  /** A bare array, as earlier clients expect; where to go on stands in a header. */
  private static Answer list(TenantId tenant, Page page, List<RecordedInteraction> interactions) {
    var writer = new JsonWriter(16 << 10).beginArray();
    for (RecordedInteraction interaction : interactions) {
      writer.beginObject();
      InteractionJson.writeMembers(writer, Optional.of(tenant), interaction);
      writer.endObject();
    }
    Answer answer = Answer.ok(writer.endArray().toByteArray());
    if (interactions.size() < page.limit()) return answer;
    RecordedInteraction last = interactions.getLast();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.at());
    return answer.with("X-Next-Cursor", Cursors.of(new After(micros, last.position())));
  }
}
