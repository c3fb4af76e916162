package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;
import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.EventClock;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Rfc3339;
import dev.kindred.measure.experiments.Report;
import dev.kindred.measure.experiments.Reporter;
import dev.kindred.store.Experiments;
import dev.kindred.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What users of experiments did, and what came of it. */
final class ConversionsApi {

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;
  private final EventClock eventClock;
  private final Runnable flush;

  /**
   * Handles conversions and results.
   *
   * @param flush has everybody kept who was served by experiments until now
   */
  ConversionsApi(Store store, Writes writes, InstantSource clock, Runnable flush) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
    this.eventClock = new EventClock(clock);
    this.flush = flush;
  }

  List<Route> routes() {
    String one = "/api/v1/experiments/{name}";
    return List.of(
        Route.post(one + "/conversion", PUBLISHABLE, "Keeps that a user converted", this::convert),
        Route.get(one + "/results", SERVER, "Says what came of an experiment", this::results));
  }

  private Answer convert(Exchange exchange) {
    var input = Conversion.read(exchange.body());
    TenantId tenant = exchange.tenant(input.tenant());
    Instant now = clock.instant();
    Instant at = input.at().isPresent() ? eventClock.require("/timestamp", input.at().get()) : now;
    var change =
        new RecordConversion(
            exchange.path("name"), input.user(), input.metric(), input.value(), at);
    flush.run();
    return writes.keep(exchange, tenant, change, ConversionsApi::converted);
  }

  static Answer converted(Outcome outcome) {
    var stored = (Outcome.ConversionStored) outcome;
    var writer = new JsonWriter().beginObject();
    writer.field("experiment", stored.experiment()).field("userId", stored.user().value());
    writer.field("variant", stored.variant()).field("metricName", stored.metric());
    writer.field("counted", stored.counted());
    if (stored.counted()) {
      writer.field("position", stored.position());
      return Answer.created(writer.endObject().toByteArray()).at(stored.position());
    }
    writer.field("reason", "it came outside the attribution window of the user's first exposure");
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer results(Exchange exchange) {
    flush.run();
    Report report = report(exchange, exchange.path("name"));
    if (!exchange.query().flag("short", false)) return Answer.ok(ReportShape.full(report));
    var writer = new JsonWriter();
    ReportShape.brief(writer, report);
    return Answer.ok(writer.toByteArray());
  }

  Report report(Exchange exchange, String name) {
    Experiments experiments = store.tenant(exchange.tenant()).experiments();
    Experiment experiment = experiments.find(name).orElseThrow(() -> NotFound.experiment(name));
    Instant now = clock.instant();
    LocalDate from = day(exchange, "startDate").orElse(LocalDate.EPOCH);
    LocalDate to = day(exchange, "endDate").orElse(now.atZone(ZoneOffset.UTC).toLocalDate());
    if (to.isBefore(from)) {
      throw InvalidRequest.at(
          "endDate", "endDate must not be before startDate " + from + ", got " + to);
    }
    return Reporter.report(experiment, experiments.sums(name, from, to), from, to, now);
  }

  /** A day, or the day (UTC) of a point in time. */
  private static Optional<LocalDate> day(Exchange exchange, String parameter) {
    Optional<String> given = exchange.query().one(parameter);
    if (given.isEmpty()) return Optional.empty();
    String text = given.get();
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException notADay) {
      try {
        return Optional.of(Rfc3339.parse(text).atZone(ZoneOffset.UTC).toLocalDate());
      } catch (InvalidRequest notATime) {
        throw InvalidRequest.at(
            parameter,
            parameter
                + " must be a day like 2026-01-31 or a time like 2026-01-31T12:00:00Z, got "
                + Shown.value(text));
      }
    }
  }

  /** What a user did. */
  private record Conversion(
      UserId user, String metric, double value, Optional<Instant> at, Optional<String> tenant) {

    static Conversion read(byte[] body) {
      var reader = JsonReader.of(body);
      var fields = reader.object();
      UserId user = null;
      String metric = null;
      double value = 1;
      Optional<Instant> at = Optional.empty();
      Optional<String> tenant = Optional.empty();
      while (fields.next()) {
        switch (fields.name()) {
          case "userId", "user_id" -> user = reader.id(UserId::new);
          case "metricName", "metric_name" -> metric = reader.string();
          case "value" -> value = reader.number();
          case "timestamp" -> at = Optional.of(reader.time());
          case "tenant_id" -> tenant = Optional.of(reader.string());
          default -> fields.unknown();
        }
      }
      return new Conversion(
          fields.require("userId", user), fields.require("metricName", metric), value, at, tenant);
    }
  }
}
