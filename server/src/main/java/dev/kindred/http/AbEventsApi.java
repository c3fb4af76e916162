package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;

import dev.kindred.collect.EventClock;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What shop plugins tell of their own tests, one event or many in a body: that a user saw a
 * variant, or did something afterwards. One that is refused is refused alone.
 */
final class AbEventsApi {

  private static final int EVENTS_MAX = 1_000;

  /** The words with which plugins say that a user saw a variant; any other is a metric. */
  private static final Set<String> SEEN =
      Set.of("exposure", "exposed", "impression", "view", "assign", "assigned", "assignment");

  private final Writes writes;
  private final InstantSource clock;
  private final EventClock eventClock;
  private final Runnable flush;

  AbEventsApi(Writes writes, InstantSource clock, Runnable flush) {
    this.writes = writes;
    this.clock = clock;
    this.eventClock = new EventClock(clock);
    this.flush = flush;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/api/v1/ab-events", PUBLISHABLE, "Takes events of a shop's own tests", this::take));
  }

  private Answer take(Exchange exchange) {
    var input = new Input();
    var reader = JsonReader.of(exchange.body());
    if (reader.kind() == JsonReader.Kind.ARRAY) input.many(reader);
    else input.one(reader);
    reader.end();
    if (input.changes.isEmpty()) throw InvalidRequest.at("/events", "events must not be empty");
    TenantId tenant = exchange.tenant(input.tenant);
    flush.run();
    return writes.keepEach(exchange, tenant, input.changes, AbEventsApi::told);
  }

  private static Answer told(List<Outcome> outcomes) {
    long accepted = outcomes.stream().filter(one -> !(one instanceof Outcome.Refused)).count();
    var writer = new JsonWriter().beginObject().field("success", accepted == outcomes.size());
    writer.field("accepted", accepted).field("rejected", outcomes.size() - accepted);
    writer.name("errors").beginArray();
    for (int i = 0; i < outcomes.size(); i++) {
      if (!(outcomes.get(i) instanceof Outcome.Refused(KindredException reason))) continue;
      writer.beginObject().field("index", i).field("code", reason.code().name());
      writer.field("message", reason.sentence()).endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  /** The events of a body. */
  private final class Input {
    private final List<Change> changes = new ArrayList<>();
    private Optional<String> tenant = Optional.empty();

    private void many(JsonReader reader) {
      for (var elements = reader.array(); elements.next(); ) {
        if (changes.size() == EVENTS_MAX) {
          throw reader.invalid("at most " + EVENTS_MAX + " events are taken at once");
        }
        changes.add(event(reader).change(clock.instant()));
      }
    }

    private void one(JsonReader reader) {
      Event event = event(reader);
      if (event.isWrapping) return;
      changes.add(event.change(clock.instant()));
    }

    private Event event(JsonReader reader) {
      var event = new Event(reader.pointer());
      for (var fields = reader.object(); fields.next(); ) {
        switch (fields.name()) {
          case "events" -> {
            many(reader);
            event.isWrapping = true;
          }
          case "experiment", "experiment_name", "experimentName", "test", "test_name" ->
              event.experiment = Optional.of(reader.string());
          case "user_id", "userId", "session_id" ->
              event.user = Optional.of(reader.id(UserId::new));
          case "variant", "variant_name" -> event.variant = Optional.of(reader.string());
          case "event", "event_type", "type" -> event.kind = Optional.of(reader.string());
          case "metric", "metric_name", "metricName" -> event.metric = Optional.of(reader.string());
          case "value" -> event.value = reader.number();
          case "timestamp" ->
              event.at = Optional.of(eventClock.require(reader.pointer(), reader.time()));
          case "tenant_id" -> tenant = Optional.of(reader.string());
          default -> fields.unknown();
        }
      }
      return event;
    }
  }

  /** One event as far as it was read. */
  private static final class Event {
    private final String place;
    private boolean isWrapping;
    private Optional<String> experiment = Optional.empty();
    private Optional<UserId> user = Optional.empty();
    private Optional<String> variant = Optional.empty();
    private Optional<String> kind = Optional.empty();
    private Optional<String> metric = Optional.empty();
    private Optional<Instant> at = Optional.empty();
    private double value = 1;

    Event(String place) {
      this.place = place;
    }

    Change change(Instant now) {
      String name = required("experiment", experiment);
      UserId who = required("user_id", user);
      String word = required("event", kind).toLowerCase(Locale.ROOT);
      Instant when = at.orElse(now);
      return SEEN.contains(word)
          ? new RecordExposure(name, who, variant, when)
          : new RecordConversion(name, who, metric.orElse(word), value, when);
    }

    private <T> T required(String field, Optional<T> given) {
      return given.orElseThrow(
          () -> InvalidRequest.at(place + "/" + field, field + " is required"));
    }
  }
}
