package dev.kindred.http;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Variant;
import dev.kindred.domain.Variant.Holdout;
import dev.kindred.json.JsonReader;
import dev.kindred.json.Limits;
import dev.kindred.measure.experiments.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a body says of an experiment.
 *
 * @param start whether it is to run at once
 * @param unknownFields pointers to what nobody knew
 */
record ExperimentInput(
    Optional<String> name,
    Optional<ExperimentDesign> design,
    boolean start,
    Optional<String> tenant,
    List<String> unknownFields) {

  private static final double HOURS_MAX = 24.0 * 365;
  private static final int LIST_MAX = 100;

  String requireName() {
    return name.orElseThrow(() -> InvalidRequest.at("/name", "name is required"));
  }

  ExperimentDesign requireDesign() {
    return design.orElseThrow(() -> InvalidRequest.at("/variants", "variants are required"));
  }

  static ExperimentInput read(byte[] body, Instant now) {
    var reader = JsonReader.of(body);
    var input = new Fields(now);
    Optional<String> name = Optional.empty();
    Optional<String> tenant = Optional.empty();
    boolean start = false;
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "name" -> name = Optional.of(reader.string(Experiment::requireName));
        case "start" -> start = reader.bool();
        case "tenant_id" -> tenant = Optional.of(reader.string());
        default -> {
          if (!input.take(fields.name(), reader)) fields.unknown();
        }
      }
    }
    reader.end();
    return new ExperimentInput(name, input.design(), start, tenant, reader.unknownFields());
  }

  /** The members of a design. */
  private static final class Fields {
    private Optional<List<Variant>> variants = Optional.empty();
    private List<String> metrics = List.of();
    private long sample = ExperimentDesign.SAMPLE_DEFAULT;
    private Instant start;
    private Optional<Instant> end = Optional.empty();
    private Optional<String> description = Optional.empty();
    private Duration attribution = ExperimentDesign.ATTRIBUTION_DEFAULT;
    private AssignedBy assignedBy = AssignedBy.KINDRED;

    Fields(Instant now) {
      start = now;
    }

    boolean take(String name, JsonReader reader) {
      switch (name) {
        case "variants" -> variants = Optional.of(variants(reader));
        case "targetMetrics" -> metrics = reader.strings(LIST_MAX);
        case "minimumSampleSize" -> sample = reader.integer(1, Long.MAX_VALUE);
        case "startDate" -> start = reader.time();
        case "endDate" -> end = Optional.of(reader.time());
        case "description" -> description = Optional.of(reader.string());
        case "attributionWindowHours" -> attribution = hours(reader.number(0, HOURS_MAX));
        case "assignedBy" -> assignedBy = word(AssignedBy.class, reader);
        default -> {
          return false;
        }
      }
      return true;
    }

    Optional<ExperimentDesign> design() {
      return variants.map(given ->
          new ExperimentDesign(
              given, metrics, sample, start, end, description, attribution, assignedBy));
    }
  }

  private static Duration hours(double hours) {
    return Duration.ofMillis(Math.round(hours * Duration.ofHours(1).toMillis()));
  }

  private static List<Variant> variants(JsonReader reader) {
    var variants = new ArrayList<Variant>();
    for (var elements = reader.array(); elements.next(); ) {
      if (variants.size() == LIST_MAX) throw reader.invalid("these are too many variants");
      variants.add(variant(reader));
    }
    return variants;
  }

  private static Variant variant(JsonReader reader) {
    String place = reader.pointer();
    Optional<String> name = Optional.empty();
    double weight = Double.NaN;
    JsonObject config = JsonObject.EMPTY;
    Optional<Holdout> holdout = Optional.empty();
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "name" -> name = Optional.of(reader.string());
        case "weight" -> weight = reader.number();
        case "config" -> config = reader.object(Limits.SETTINGS);
        case "holdout" -> holdout = Optional.of(word(Holdout.class, reader));
        default -> fields.unknown();
      }
    }
    if (name.isEmpty()) throw InvalidRequest.at(place + "/name", "name is required");
    if (Double.isNaN(weight)) throw InvalidRequest.at(place + "/weight", "weight is required");
    boolean isServed = !parameters(config, place).isEmpty();
    try {
      return new Variant(name.get(), weight, config, isServed, holdout);
    } catch (InvalidRequest refused) {
      throw refused.at(place);
    }
  }

  private static Map<String, String> parameters(JsonObject config, String place) {
    try {
      return Parameters.of(config);
    } catch (InvalidRequest refused) {
      // Its pointer begins at the config.
      KindredException.Detail first = refused.details().getFirst();
      throw InvalidRequest.at(place + "/config" + first.pointer(), first.message());
    }
  }

  private static <E extends Enum<E>> E word(Class<E> words, JsonReader reader) {
    String said = reader.string();
    var known = new ArrayList<String>();
    for (E word : words.getEnumConstants()) {
      String name = word.name().toLowerCase(Locale.ROOT);
      if (name.equals(said)) return word;
      known.add(name);
    }
    throw reader.invalid("must be one of " + known + ", got " + Shown.value(said));
  }
}
