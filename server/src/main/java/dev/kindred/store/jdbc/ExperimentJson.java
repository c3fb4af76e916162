package dev.kindred.store.jdbc;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.Experiment.State;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Variant;
import dev.kindred.domain.Variant.Holdout;
import dev.kindred.json.Json;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An experiment as it is stored. What a member is called here never changes. */
final class ExperimentJson {

  /** Twenty variants with configurations of the largest size. */
  private static final Limits LIMITS = new Limits(4 << 20, 16, 0, 16 << 10, 16 << 10, 10_000);

  private ExperimentJson() {}

  static JsonObject write(Experiment experiment) {
    ExperimentDesign design = experiment.design();
    var writer = new JsonWriter().beginObject();
    writer.field("name", experiment.name());
    writer.field("version", experiment.version());
    writer.field("state", experiment.state().name());
    writer.field("created", experiment.createdAt());
    writer.field("updated", experiment.updatedAt());
    experiment.startedAt().ifPresent(at -> writer.field("started", at));
    experiment.stoppedAt().ifPresent(at -> writer.field("stopped", at));
    experiment.winner().ifPresent(winner -> writer.field("winner", winner));
    writer.name("metrics").strings(design.targetMetrics());
    writer.field("sample", design.minimumSampleSize());
    writer.field("start", design.startDate());
    design.endDate().ifPresent(end -> writer.field("end", end));
    design.description().ifPresent(text -> writer.field("description", text));
    writer.field("attribution_seconds", design.attributionWindow().toSeconds());
    writer.field("assigned_by", design.assignedBy().name());
    writer.name("variants").beginArray();
    for (Variant variant : design.variants()) {
      writer.beginObject().field("name", variant.name()).field("weight", variant.weight());
      writer.field("config", variant.config()).field("served", variant.isServed());
      variant.holdout().ifPresent(holdout -> writer.field("holdout", holdout.name()));
      writer.endObject();
    }
    return Json.object(writer.endArray().endObject().toByteArray(), LIMITS);
  }

  static Experiment read(JsonObject body) {
    var reading = new Reading();
    var reader = JsonReader.of(body);
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "name" -> reading.name = reader.string();
        case "version" -> reading.version = reader.integer(1, Long.MAX_VALUE);
        case "state" -> reading.state = State.valueOf(reader.string());
        case "created" -> reading.created = reader.time();
        case "updated" -> reading.updated = reader.time();
        case "started" -> reading.started = Optional.of(reader.time());
        case "stopped" -> reading.stopped = Optional.of(reader.time());
        case "winner" -> reading.winner = Optional.of(reader.string());
        case "metrics" -> reading.metrics = reader.strings(Integer.MAX_VALUE);
        case "sample" -> reading.sample = reader.integer(1, Long.MAX_VALUE);
        case "start" -> reading.start = reader.time();
        case "end" -> reading.end = Optional.of(reader.time());
        case "description" -> reading.description = Optional.of(reader.string());
        case "attribution_seconds" ->
            reading.attribution = Duration.ofSeconds(reader.integer(1, Long.MAX_VALUE));
        case "assigned_by" -> reading.assignedBy = AssignedBy.valueOf(reader.string());
        case "variants" -> reading.variants = variants(reader);
        default -> reader.skip();
      }
    }
    return reading.experiment();
  }

  private static List<Variant> variants(JsonReader reader) {
    var variants = new ArrayList<Variant>();
    for (var elements = reader.array(); elements.next(); ) {
      String name = "";
      double weight = 0;
      JsonObject config = JsonObject.EMPTY;
      boolean served = false;
      Optional<Holdout> holdout = Optional.empty();
      for (var fields = reader.object(); fields.next(); ) {
        switch (fields.name()) {
          case "name" -> name = reader.string();
          case "weight" -> weight = reader.number();
          case "config" -> config = reader.object(LIMITS);
          case "served" -> served = reader.bool();
          case "holdout" -> holdout = Optional.of(Holdout.valueOf(reader.string()));
          default -> reader.skip();
        }
      }
      variants.add(new Variant(name, weight, config, served, holdout));
    }
    return variants;
  }

  /** What was read so far. */
  private static final class Reading {
    String name = "";
    long version;
    State state = State.DRAFT;
    Instant created = Instant.EPOCH;
    Instant updated = Instant.EPOCH;
    Optional<Instant> started = Optional.empty();
    Optional<Instant> stopped = Optional.empty();
    Optional<String> winner = Optional.empty();
    List<String> metrics = List.of();
    long sample;
    Instant start = Instant.EPOCH;
    Optional<Instant> end = Optional.empty();
    Optional<String> description = Optional.empty();
    Duration attribution = ExperimentDesign.ATTRIBUTION_DEFAULT;
    AssignedBy assignedBy = AssignedBy.KINDRED;
    List<Variant> variants = List.of();

    Experiment experiment() {
      var design =
          new ExperimentDesign(
              variants, metrics, sample, start, end, description, attribution, assignedBy);
      return new Experiment(
          name, version, state, design, created, updated, started, stopped, winner);
    }
  }
}
