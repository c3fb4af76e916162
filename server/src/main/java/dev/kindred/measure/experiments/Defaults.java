package dev.kindred.measure.experiments;

import static java.util.stream.Collectors.joining;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Variant;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.store.TenantStore;
import java.util.Map;
import java.util.TreeMap;

/** Makes a winning variant what every request of the tenant gets that asks for nothing else. */
public final class Defaults {

  /** Parameters of recommendations, and the tenant's settings that stand for them. */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "algorithm", "DEFAULT_ALGORITHM",
              "diversity", "DEFAULT_DIVERSITY",
              "collaborative_weight", "COLLABORATIVE_WEIGHT",
              "content_based_weight", "CONTENT_BASED_WEIGHT",
              "content_weight", "CONTENT_BASED_WEIGHT",
              "count", "DEFAULT_RECOMMENDATION_COUNT"));

  private Defaults() {}

  /**
   * The settings that a tenant would have if an experiment were concluded with a variant; refused
   * where that cannot be.
   */
  public static JsonObject afterWinning(TenantStore tenant, String name, String variant) {
    Experiment experiment =
        tenant.experiments().find(name).orElseThrow(() -> NotFound.experiment(name));
    // Refused before anything is written: a change that is refused is refused alone.
    experiment.concluded(variant, experiment.updatedAt());
    int won = experiment.design().requireVariant(variant);
    return with(tenant.settings().current().settings(), experiment.design().variants().get(won));
  }

  /**
   * A tenant's settings with those of a variant over them.
   *
   * @throws InvalidRequest where something of the variant is no setting
   */
  public static JsonObject with(JsonObject settings, Variant variant) {
    if (variant.holdout().isPresent()) {
      throw InvalidRequest.at(
          "/makeDefault", "a holdout cannot become the default: it recommends nothing of its own");
    }
    var writer = new JsonWriter().beginObject();
    var parameters = new TreeMap<>(Parameters.of(variant.config()));
    completeWeights(parameters);
    parameters.forEach((name, value) -> {
      String setting = SETTINGS.get(name);
      if (setting == null) {
        throw InvalidRequest.at(
            "/makeDefault",
            "a default can be set for "
                + SETTINGS.keySet().stream().collect(joining(", "))
                + "; the winning config also has "
                + name);
      }
      writer.name(setting);
      if (name.equals("algorithm")) writer.string(value);
      else writer.number(Double.parseDouble(value));
    });
    JsonObject over = Json.object(writer.endObject().toByteArray(), Limits.SETTINGS);
    return Json.merge(settings, over, Limits.SETTINGS);
  }

  /** One weight says the other, since together they are 1. */
  private static void completeWeights(Map<String, String> parameters) {
    String content = parameters.remove("content_weight");
    if (content != null) parameters.putIfAbsent("content_based_weight", content);
    String collaborative = parameters.get("collaborative_weight");
    String based = parameters.get("content_based_weight");
    if (collaborative == null && based != null) {
      parameters.put("collaborative_weight", Double.toString(1 - Double.parseDouble(based)));
    } else if (based == null && collaborative != null) {
      parameters.put(
          "content_based_weight", Double.toString(1 - Double.parseDouble(collaborative)));
    }
  }
}
