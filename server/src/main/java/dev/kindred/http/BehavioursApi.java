package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;
import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.BehaviourInput;
import dev.kindred.collect.BehaviourIntake;
import dev.kindred.collect.BulkKind;
import dev.kindred.collect.TenantZones;
import dev.kindred.collect.Warnings;
import dev.kindred.domain.Change;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Behaviours: what users did, and in which circumstances. One, many, or a stream of lines. */
final class BehavioursApi {

  private final Writes writes;
  private final BehaviourIntake intake;
  private final TenantZones zones;
  private final BulkApi bulk;

  BehavioursApi(Writes writes, BehaviourIntake intake, TenantZones zones, BulkApi bulk) {
    this.writes = writes;
    this.intake = intake;
    this.zones = zones;
    this.bulk = bulk;
  }

  List<Route> routes() {
    String all = "/api/v1/behaviors";
    return List.of(
        Route.post(all, PUBLISHABLE, "Records behaviours", this::record)
            .with(Route.Trait.STREAMED_BODY),
        Route.post(
                all + "/bulk",
                SERVER,
                "Records many behaviours",
                exchange -> bulk.handle(exchange, BulkKind.BEHAVIOURS))
            .with(Route.Trait.STREAMED_BODY));
  }

  private Answer record(Exchange exchange) throws IOException {
    if (MediaTypes.isLines(exchange.mediaType()) || holdsMany(exchange.body())) {
      return bulk.handle(exchange, BulkKind.BEHAVIOURS);
    }
    var reader = JsonReader.of(exchange.body());
    BehaviourInput input = intake.read(reader);
    TenantId tenant = exchange.tenant(input.tenant());
    List<Change> changes = input.changes(zones.of(tenant));
    try {
      return writes.keepEach(
          exchange,
          tenant,
          changes,
          outcomes -> answer(tenant, input, outcomes, reader.unknownFields()));
    } catch (KindredException failure) {
      throw failure.code() == ErrorCode.DATABASE_UNAVAILABLE
          ? new KindredException(ErrorCode.RECORD_ERROR, failure.sentence())
          : failure;
    }
  }

  /** Whether the body is a list of behaviours rather than one. */
  private static boolean holdsMany(byte[] body) {
    var reader = JsonReader.of(body);
    if (reader.kind() != JsonReader.Kind.OBJECT) return false;
    for (var fields = reader.object(); fields.next(); ) {
      if (fields.name().equals(BulkKind.BEHAVIOURS.field())) return true;
      reader.skip();
    }
    return false;
  }

  private static Answer answer(
      TenantId tenant, BehaviourInput input, List<Outcome> outcomes, List<String> unknownFields) {
    if (outcomes.getFirst() instanceof Outcome.Refused(var reason)) throw reason;
    var stored = (Outcome.InteractionStored) outcomes.getFirst();
    RecordedInteraction kept = stored.interaction();
    var writer = new JsonWriter(512).beginObject();
    writer.field("id", kept.position());
    writer.field("userId", kept.user().value());
    writer.field("contentId", kept.entity().id().value());
    writer.field("mediaType", kept.entity().type().value());
    writer.field("action", input.action());
    writer.field("interaction_type", kept.type());
    writer.field("timestamp", kept.at());
    input.duration().ifPresent(seconds -> writer.field("sessionDuration", seconds));
    input.rating().ifPresent(rating -> writer.field("rating", rating));
    input.completion().ifPresent(percent -> writer.field("completionPercentage", percent));
    input.skipReason().ifPresent(reason -> writer.field("skipReason", reason));
    writer.field("metadata", kept.metadata());
    writer.field("weight", kept.weight());
    writer.field("tenant_id", tenant.value());
    writer.field("position", stored.position());
    if (stored.duplicate()) writer.field("duplicate", true);
    var warnings = new ArrayList<String>();
    if (!stored.typeIsRegistered()) warnings.add(Warnings.unregistered(kept));
    if (outcomes.getLast() instanceof Outcome.Refused(var notExposed)) {
      warnings.add(notExposed.sentence());
    }
    UnknownFields.write(writer, unknownFields, warnings);
    byte[] json = writer.endObject().toByteArray();
    return Answer.json(stored.duplicate() ? 200 : 201, json).at(stored.position());
  }
}
