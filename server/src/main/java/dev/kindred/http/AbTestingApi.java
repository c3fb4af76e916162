package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;
import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.measure.experiments.Preset;
import dev.kindred.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Experiments under the routes and in the shapes of an earlier system, for clients that know no
 * other. There an experiment ran as soon as it was made.
 */
final class AbTestingApi {

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;
  private final ConversionsApi conversions;
  private final Runnable flush;

  AbTestingApi(
      Store store, Writes writes, InstantSource clock, ConversionsApi conversions, Runnable flush) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
    this.conversions = conversions;
    this.flush = flush;
  }

  List<Route> routes() {
    String base = "/api/ab-testing";
    String all = base + "/experiments";
    return List.of(
        Route.post(all, SERVER, "Creates an experiment and starts it", this::create),
        Route.get(all, SERVER, "Lists experiments", this::list),
        Route.post(
            all + "/ml-preset",
            SERVER,
            "Tests algorithms",
            exchange -> fromPreset(exchange, Preset.ALGORITHM)),
        Route.post(
            all + "/ui-preset",
            SERVER,
            "Tests an interface",
            exchange -> fromPreset(exchange, Preset.INTERFACE)),
        Route.get(all + "/{name}/results", SERVER, "Counts by variant", this::results),
        Route.post(base + "/assign", PUBLISHABLE, "Says a user's variant", this::assign),
        Route.post(
            base + "/conversion", PUBLISHABLE, "Keeps that a user converted", this::convert));
  }

  private Answer create(Exchange exchange) {
    var input = ExperimentInput.read(exchange.body(), clock.instant());
    return create(exchange, input, input.requireName(), input.requireDesign());
  }

  private Answer fromPreset(Exchange exchange, Preset preset) {
    var input = ExperimentInput.read(exchange.body(), clock.instant());
    return create(
        exchange,
        input,
        input.name().orElse(preset.word()),
        input.design().orElseGet(() -> preset.design(clock.instant())));
  }

  private Answer create(
      Exchange exchange, ExperimentInput input, String name, ExperimentDesign design) {
    TenantId tenant = exchange.tenant(input.tenant());
    var change = new Change.CreateExperiment(name, design, true);
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> {
          var stored = (Outcome.ExperimentStored) outcome;
          var writer = success().name("experiment");
          ExperimentShape.write(writer, tenant, stored.experiment());
          return Answer.created(writer.endObject().toByteArray()).at(stored.position());
        });
  }

  private Answer list(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var writer = success().name("experiments").beginArray();
    for (Experiment experiment : store.tenant(tenant).experiments().all()) {
      ExperimentShape.write(writer, tenant, experiment);
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private Answer results(Exchange exchange) {
    flush.run();
    var writer = success().name("results");
    ReportShape.brief(writer, conversions.report(exchange, exchange.path("name")));
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer assign(Exchange exchange) {
    var input = Input.read(exchange.body());
    TenantId tenant = exchange.tenant(input.tenant());
    Experiment experiment = find(tenant, input.experiment());
    var change =
        new RecordExposure(experiment.name(), input.user(), input.variant(), clock.instant());
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> {
          var stored = (Outcome.ExposureStored) outcome;
          var design = experiment.design();
          Variant variant = design.variants().get(design.requireVariant(stored.variant()));
          var writer = success().field("experiment", experiment.name());
          writer.field("userId", stored.user().value()).field("variant", variant.name());
          writer.field("config", variant.config());
          return Answer.ok(writer.endObject().toByteArray()).at(stored.position());
        });
  }

  private Answer convert(Exchange exchange) {
    var input = Input.read(exchange.body());
    TenantId tenant = exchange.tenant(input.tenant());
    Experiment experiment = find(tenant, input.experiment());
    String metric = input.metric().orElseGet(() -> experiment.design().targetMetrics().getFirst());
    Instant now = clock.instant();
    var change = new RecordConversion(experiment.name(), input.user(), metric, input.value(), now);
    flush.run();
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> {
          var stored = (Outcome.ConversionStored) outcome;
          var writer = success().field("variant", stored.variant());
          writer.field("counted", stored.counted());
          return Answer.ok(writer.endObject().toByteArray()).at(stored.position());
        });
  }

  private Experiment find(TenantId tenant, String name) {
    return store
        .tenant(tenant)
        .experiments()
        .find(name)
        .orElseThrow(() -> NotFound.experiment(name));
  }

  private static JsonWriter success() {
    return new JsonWriter().beginObject().field("success", true);
  }

  /** Who did what in which experiment. */
  private record Input(
      String experiment,
      UserId user,
      Optional<String> variant,
      Optional<String> metric,
      double value,
      Optional<String> tenant) {

    static Input read(byte[] body) {
      var reader = JsonReader.of(body);
      var fields = reader.object();
      String experiment = null;
      UserId user = null;
      Optional<String> variant = Optional.empty();
      Optional<String> metric = Optional.empty();
      double value = 1;
      Optional<String> tenant = Optional.empty();
      while (fields.next()) {
        switch (fields.name()) {
          case "experimentName", "experimentId", "experiment" -> experiment = reader.string();
          case "userId", "user_id" -> user = reader.id(UserId::new);
          case "variant" -> variant = Optional.of(reader.string());
          case "metricName", "metric" -> metric = Optional.of(reader.string());
          case "value" -> value = reader.number();
          case "tenant_id" -> tenant = Optional.of(reader.string());
          default -> fields.unknown();
        }
      }
      return new Input(
          fields.require("experimentName", experiment),
          fields.require("userId", user),
          variant,
          metric,
          value,
          tenant);
    }
  }
}
