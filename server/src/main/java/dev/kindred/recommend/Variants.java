package dev.kindred.recommend;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.ServedBy;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant.Holdout;
import dev.kindred.json.JsonWriter;
import dev.kindred.recommend.Request.Mix;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills in what a request for a list leaves open: from the variant of an experiment by which its
 * user is served, and then from what the tenant has set.
 */
public final class Variants {

  private static final Set<String> WEIGHTS =
      Set.of("collaborative_weight", "content_based_weight", "content_weight");

  private Variants() {}

  /**
   * A request with nothing left open.
   *
   * @param by the variant that made it so
   */
  public record Asked(Request request, Optional<ServedBy> by) {

    boolean isForNobody() {
      return by.flatMap(ServedBy::holdout).filter(Holdout.NOTHING::equals).isPresent();
    }

    public void write(JsonWriter writer) {
      if (by.isEmpty()) return;
      writer.name("experiment").beginObject().field("name", by.get().experiment());
      writer.field("variant", by.get().variant()).endObject();
    }
  }

  /**
   * Fills in a request.
   *
   * @param said the parameters that the caller has named
   */
  public static Asked fill(
      Lists lists, TenantId tenant, Request.Builder request, Set<String> said) {
    Optional<ServedBy> by =
        request.build().user().flatMap(user -> lists.servedBy(tenant, new UserId(user)));
    var settled = new HashSet<>(said);
    int countMost = lists.counts(tenant).most();
    by.ifPresent(served -> fill(request, served.parameters(), settled, countMost));
    fill(request, lists.defaults(tenant), settled, countMost);
    if (by.flatMap(ServedBy::holdout).isPresent()) request.algorithm(Algorithm.POPULAR);
    return new Asked(request.build(), by);
  }

  private static void fill(
      Request.Builder request, Map<String, String> parameters, Set<String> settled, int countMost) {
    if (settled.stream().noneMatch(WEIGHTS::contains)) mix(request, parameters, settled);
    parameters.forEach((name, value) -> {
      if (WEIGHTS.contains(name) || !settled.add(name)) return;
      switch (name) {
        case "algorithm" -> request.algorithm(Algorithm.named(value));
        case "count" -> request.count(Math.min(Integer.parseInt(value), countMost));
        case "diversity" -> request.diversity(Double.parseDouble(value));
        case "min_score" -> request.minScore(Double.parseDouble(value));
        case "window_days" -> request.windowDays(Optional.of(Double.parseDouble(value)));
        case "exclude_seen" -> request.seen(!Boolean.parseBoolean(value));
        case "explain" -> request.explain(Boolean.parseBoolean(value));
        case "entity_type" -> request.type(Optional.of(new EntityType(value)));
        default -> throw new IllegalStateException("no parameter of a list: " + name);
      }
    });
  }

  private static void mix(
      Request.Builder request, Map<String, String> parameters, Set<String> settled) {
    Optional<Double> collaborative = weight(parameters, "collaborative_weight");
    Optional<Double> content =
        weight(parameters, "content_based_weight").or(() -> weight(parameters, "content_weight"));
    Optional<Mix> mix = Mix.of(collaborative, content);
    if (mix.isEmpty()) return;
    request.mix(mix);
    settled.addAll(WEIGHTS);
  }

  private static Optional<Double> weight(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).map(Double::valueOf);
  }
}
