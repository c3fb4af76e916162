package dev.kindred.measure.experiments;

import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Variant;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An experiment that many begin with.
 *
 * @param word the name by which callers ask for it
 */
public record Preset(String word, String description, List<Variant> variants) {

  public static final Preset ALGORITHM =
      new Preset(
          "algorithm",
          "What is popular against what fits the user.",
          List.of(
              variant("control", "{\"algorithm\":\"popular\"}"),
              variant("enhanced_ml", "{\"algorithm\":\"hybrid\"}")));

  public static final Preset INTERFACE =
      new Preset(
          "interface",
          "The same list, shown in another way by the client.",
          List.of(
              variant("control", "{\"layout\":\"grid\"}"),
              variant("carousel", "{\"layout\":\"carousel\"}")));

  public static final List<Preset> ALL = List.of(ALGORITHM, INTERFACE);

  public Preset {
    variants = List.copyOf(variants);
  }

  private static Variant variant(String name, String json) {
    JsonObject config = Json.object(json, Limits.SETTINGS);
    return new Variant(name, 50, config, !Parameters.of(config).isEmpty(), Optional.empty());
  }

  public static Preset named(String word) {
    return ALL.stream()
        .filter(preset -> preset.word().equals(word))
        .findFirst()
        .orElseThrow(() -> NotFound.of("preset", word));
  }

  public ExperimentDesign design(Instant now) {
    return new ExperimentDesign(
        variants,
        List.of("click", "conversion"),
        ExperimentDesign.SAMPLE_DEFAULT,
        now,
        Optional.empty(),
        Optional.of(description),
        ExperimentDesign.ATTRIBUTION_DEFAULT,
        AssignedBy.KINDRED);
  }
}
