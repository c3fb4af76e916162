package dev.kindred.measure.experiments;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonReader.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The members of a variant's config that are parameters of recommendations. All others are the
 * client's own affair.
 */
public final class Parameters {

  private static final Set<String> ALGORITHMS =
      Set.of("hybrid", "collaborative", "content_based", "trending", "popular");

  private Parameters() {}

  /**
   * The parameters as they would stand in a request, in the order of the config.
   *
   * @throws InvalidRequest for one that no request could have
   */
  public static Map<String, String> of(JsonObject config) {
    var parameters = new LinkedHashMap<String, String>();
    var reader = JsonReader.of(config);
    for (var fields = reader.object(); fields.next(); ) {
      String name = fields.name();
      switch (name) {
        case "algorithm" -> parameters.put(name, algorithm(reader));
        case "collaborative_weight", "content_based_weight", "content_weight", "diversity" ->
            parameters.put(name, number(reader.number(0, 1)));
        case "min_score" -> parameters.put(name, number(reader.number(0, 1)));
        case "window_days" -> parameters.put(name, number(reader.number(1, 90)));
        case "count" -> parameters.put(name, Long.toString(reader.integer(1, 10_000)));
        case "exclude_seen", "explain" -> parameters.put(name, Boolean.toString(reader.bool()));
        case "entity_type" ->
            parameters.put(name, reader.string(type -> new EntityType(type).value()));
        default -> reader.skip();
      }
    }
    requireWeights(parameters);
    return parameters;
  }

  private static String algorithm(JsonReader reader) {
    if (reader.kind() != Kind.STRING) throw reader.invalid("must be a string");
    String said = reader.string();
    String algorithm = said.toLowerCase(Locale.ROOT).replace('-', '_');
    if (ALGORITHMS.contains(algorithm)) return algorithm;
    throw reader.invalid(
        "must be one of "
            + ALGORITHMS.stream().sorted().toList()
            + ", got '"
            + said.substring(0, Math.min(said.length(), 80))
            + "'");
  }

  private static void requireWeights(Map<String, String> parameters) {
    String content =
        parameters.getOrDefault(
            "content_based_weight", parameters.getOrDefault("content_weight", ""));
    String collaborative = parameters.getOrDefault("collaborative_weight", "");
    if (content.isEmpty() || collaborative.isEmpty()) return;
    double sum = Double.parseDouble(content) + Double.parseDouble(collaborative);
    if (Math.abs(sum - 1) > 0.001) {
      throw InvalidRequest.at(
          "/collaborative_weight",
          "collaborative_weight and content_based_weight must sum to 1, got " + sum);
    }
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
