package dev.kindred.embedded;

import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Variant;
import dev.kindred.domain.Variant.Holdout;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.measure.experiments.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an experiment is to find out.
 *
 * @param metrics what is measured; the first decides who wins
 */
public record Design(
    List<String> metrics, List<Variant> variants, long minimumSample, Duration attribution) {

  public Design {
    metrics = List.copyOf(metrics);
    variants = List.copyOf(variants);
  }

  public static Design measuring(String... metrics) {
    return new Design(
        List.of(metrics),
        List.of(),
        ExperimentDesign.SAMPLE_DEFAULT,
        ExperimentDesign.ATTRIBUTION_DEFAULT);
  }

  /**
   * The same with one more variant.
   *
   * @param percent of the users
   * @param config what it changes: parameters of lists, such as {@code algorithm} or {@code
   *     diversity}, and whatever you make of it
   */
  public Design variant(String name, double percent, Map<String, ?> config) {
    JsonObject json = Json.object(PlainJson.object(config), Limits.SETTINGS);
    boolean isServed = !Parameters.of(json).isEmpty();
    return with(new Variant(name, percent, json, isServed, Optional.empty()));
  }

  /** The same with users who get no lists, or popular ones only. */
  public Design holdout(String name, double percent, Holdout holdout) {
    return with(new Variant(name, percent, JsonObject.EMPTY, true, Optional.of(holdout)));
  }

  /** The same, with no winner before each variant has so many users. */
  public Design minimumSample(long users) {
    return new Design(metrics, variants, users, attribution);
  }

  /** The same; what users do counts for so long after they came. */
  public Design attributedFor(Duration window) {
    return new Design(metrics, variants, minimumSample, window);
  }

  private Design with(Variant variant) {
    List<Variant> more = Stream.concat(variants.stream(), Stream.of(variant)).toList();
    return new Design(metrics, more, minimumSample, attribution);
  }

  ExperimentDesign from(Instant now) {
    return new ExperimentDesign(
        variants,
        metrics,
        minimumSample,
        now,
        Optional.empty(),
        Optional.empty(),
        attribution,
        AssignedBy.KINDRED);
  }
}
