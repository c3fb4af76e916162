package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;
import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.measure.experiments.Arrival;
import dev.kindred.measure.experiments.Preset;
import dev.kindred.store.Experiments;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Making experiments, leading them to their end, and coming into them. */
final class ExperimentsApi {

  private static final int VERSIONS_DEFAULT = 50;
  private static final int VERSIONS_MAX = 1_000;

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;

  ExperimentsApi(Store store, Writes writes, InstantSource clock) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    String all = "/api/v1/experiments";
    String one = all + "/{name}";
    String presets = "/api/v1/experiment-presets";
    return List.of(
        Route.post(all, SERVER, "Creates an experiment", this::create),
        Route.get(all, SERVER, "Lists experiments", this::list),
        Route.get(one, SERVER, "Reads an experiment", this::get),
        Route.put(one, SERVER, "Changes an experiment that has not started", this::redesign),
        Route.get(one + "/versions", SERVER, "Every version of one", this::versions),
        Route.post(one + "/start", SERVER, "Lets users in", this::start),
        Route.post(one + "/stop", SERVER, "Lets nobody in any more", this::stop),
        Route.post(one + "/assign", PUBLISHABLE, "Says a user's variant", this::assign),
        Route.get(presets, SERVER, "Experiments to begin with", this::presets),
        Route.post(presets + "/{preset}", SERVER, "Creates one of them", this::fromPreset));
  }

  private Answer create(Exchange exchange) {
    var input = ExperimentInput.read(exchange.body(), clock.instant());
    TenantId tenant = exchange.tenant(input.tenant());
    var change =
        new Change.CreateExperiment(input.requireName(), input.requireDesign(), input.start());
    return writes.keep(
        exchange, tenant, change, outcome -> stored(tenant, outcome, input.unknownFields()));
  }

  private Answer redesign(Exchange exchange) {
    var input = ExperimentInput.read(exchange.body(), clock.instant());
    TenantId tenant = exchange.tenant(input.tenant());
    var design = input.requireDesign();
    return edit(exchange, tenant, (now, _, at) -> now.redesigned(design, at));
  }

  private Answer start(Exchange exchange) {
    return edit(exchange, exchange.tenant(), Experiment::started);
  }

  private Answer stop(Exchange exchange) {
    return edit(exchange, exchange.tenant(), (now, _, at) -> now.stopped(at));
  }

  private Answer edit(Exchange exchange, TenantId tenant, EditExperiment.Edit edit) {
    var change = new EditExperiment(exchange.path("name"), edit);
    return writes.keep(exchange, tenant, change, outcome -> stored(tenant, outcome, List.of()));
  }

  private Answer list(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    return Answer.ok(list(tenant, store.tenant(tenant).experiments().all()));
  }

  private static byte[] list(TenantId tenant, List<Experiment> experiments) {
    var writer = new JsonWriter(4 << 10).beginObject().name("experiments").beginArray();
    for (Experiment experiment : experiments) ExperimentShape.write(writer, tenant, experiment);
    return writer.endArray().field("total", experiments.size()).endObject().toByteArray();
  }

  private Answer get(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var writer = new JsonWriter();
    ExperimentShape.write(writer, tenant, find(exchange, tenant));
    return Answer.ok(writer.toByteArray());
  }

  private Answer versions(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    String name = find(exchange, tenant).name();
    int limit = exchange.query().number("limit", VERSIONS_DEFAULT, 1, VERSIONS_MAX);
    return Answer.ok(list(tenant, experiments(tenant).versions(name, limit)));
  }

  private Answer presets(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var writer = new JsonWriter(2 << 10).beginObject().name("presets").beginArray();
    for (Preset preset : Preset.ALL) {
      Experiment draft =
          Experiment.create(
              new Change.CreateExperiment(preset.word(), preset.design(clock.instant()), false),
              List.of(),
              clock.instant());
      ExperimentShape.write(writer, tenant, draft);
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  /** A preset, with whatever of its design the body says otherwise. */
  private Answer fromPreset(Exchange exchange) {
    Preset preset = Preset.named(exchange.path("preset"));
    var input = ExperimentInput.read(exchange.body(), clock.instant());
    TenantId tenant = exchange.tenant(input.tenant());
    var change =
        new Change.CreateExperiment(
            input.name().orElse(preset.word()),
            input.design().orElseGet(() -> preset.design(clock.instant())),
            input.start());
    return writes.keep(
        exchange, tenant, change, outcome -> stored(tenant, outcome, input.unknownFields()));
  }

  private Answer assign(Exchange exchange) {
    var input = Assignment.read(exchange.body());
    TenantId tenant = exchange.tenant(input.tenant());
    Experiment experiment = find(exchange, tenant);
    Optional<Arrival> known = Arrival.known(experiments(tenant), experiment, input.user());
    if (known.isPresent()) return Answer.ok(again(experiment, known.get(), input.user()));
    var change =
        new Change.RecordExposure(
            experiment.name(), input.user(), input.variant(), clock.instant());
    return writes.keep(exchange, tenant, change, outcome -> exposed(experiment, outcome));
  }

  private static Answer exposed(Experiment experiment, Outcome outcome) {
    var stored = (Outcome.ExposureStored) outcome;
    var design = experiment.design();
    Variant variant = design.variants().get(design.requireVariant(stored.variant()));
    byte[] body =
        assigned(experiment, variant, stored.user())
            .field("exposed", stored.first())
            .field("exposedAt", stored.at())
            .field("position", stored.position())
            .endObject()
            .toByteArray();
    return Answer.ok(body).at(stored.position());
  }

  private static byte[] again(Experiment experiment, Arrival arrival, UserId user) {
    JsonWriter writer = assigned(experiment, arrival.variant(), user).field("exposed", false);
    if (arrival.exposure().isEmpty()) writer.field("concluded", true);
    arrival
        .exposure()
        .ifPresent(
            before -> writer.field("exposedAt", before.at()).field("position", before.position()));
    return writer.endObject().toByteArray();
  }

  private static JsonWriter assigned(Experiment experiment, Variant variant, UserId user) {
    return new JsonWriter()
        .beginObject()
        .field("experiment", experiment.name())
        .field("userId", user.value())
        .field("variant", variant.name())
        .field("config", variant.config());
  }

  private Experiment find(Exchange exchange, TenantId tenant) {
    String name = exchange.path("name");
    return experiments(tenant).find(name).orElseThrow(() -> NotFound.experiment(name));
  }

  private Experiments experiments(TenantId tenant) {
    return store.tenant(tenant).experiments();
  }

  static Answer stored(TenantId tenant, Outcome outcome, List<String> unknownFields) {
    var stored = (Outcome.ExperimentStored) outcome;
    var writer = new JsonWriter();
    ExperimentShape.write(
        writer,
        tenant,
        stored.experiment(),
        more -> {
          more.field("position", stored.position());
          UnknownFields.write(more, unknownFields);
        });
    return Answer.json(stored.created() ? 201 : 200, writer.toByteArray()).at(stored.position());
  }

  /** Who is to be assigned. */
  private record Assignment(UserId user, Optional<String> variant, Optional<String> tenant) {

    static Assignment read(byte[] body) {
      var reader = JsonReader.of(body);
      var fields = reader.object();
      UserId user = null;
      Optional<String> variant = Optional.empty();
      Optional<String> tenant = Optional.empty();
      while (fields.next()) {
        switch (fields.name()) {
          case "userId", "user_id" -> user = reader.id(UserId::new);
          case "variant" -> variant = Optional.of(reader.string());
          case "tenant_id" -> tenant = Optional.of(reader.string());
          default -> fields.unknown();
        }
      }
      return new Assignment(fields.require("userId", user), variant, tenant);
    }
  }
}
