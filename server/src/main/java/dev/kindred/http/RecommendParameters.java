package dev.kindred.http;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.SegmentPlan;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Lists.Counts;
import dev.kindred.recommend.Request;
import dev.kindred.recommend.Request.Mix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests for lists as they stand behind a question mark. */
final class RecommendParameters {
  private static final Set<String> KNOWN =
      Set.of(
          "count",
          "algorithm",
          "collaborative_weight",
          "content_based_weight",
          "content_weight",
          "entity_type",
          "exclude_seen",
          "exclude",
          "min_score",
          "diversity",
          "explain",
          "window_days",
          "tenant_id",
          "fields");

  private static final String SEGMENT = "segment.";

  private RecommendParameters() {}

  static Request.Builder read(Query query, Counts counts) {
    int count = query.number("count", counts.usual(), 1, counts.most());
    Request.Builder request = Request.builder(count);
    query.one("algorithm").map(Algorithm::named).ifPresent(request::algorithm);
    Optional<Double> content =
        number(query, "content_based_weight").or(() -> number(query, "content_weight"));
    return request
        .mix(Mix.of(number(query, "collaborative_weight"), content))
        .type(query.one("entity_type").map(EntityType::new))
        .seen(!query.flag("exclude_seen", true))
        .exclude(ids(query.one("exclude").orElse("")))
        .minScore(number(query, "min_score").orElse(0.0))
        .diversity(number(query, "diversity").orElse(0.0))
        .windowDays(number(query, "window_days"))
        .explain(query.flag("explain", false))
        .attributes(segment(query))
        .filter(filter(query));
  }

  /** The names of the parameters that a caller has given. */
  static Set<String> said(Query query) {
    return query.all().stream().map(Query.Parameter::name).collect(Collectors.toSet());
  }

  /** Every parameter that means nothing else is a condition on an attribute. */
  static AttributeFilter filter(Query query) {
    var values = new LinkedHashMap<Named, List<String>>();
    for (Query.Parameter parameter : query.all()) {
      String name = parameter.name();
      if (KNOWN.contains(name) || name.startsWith(SEGMENT)) continue;
      Named named = Named.of(name);
      List<String> several =
          named.isList() ? List.of(parameter.value().split(",", -1)) : List.of(parameter.value());
      values.computeIfAbsent(named, any -> new ArrayList<>()).addAll(several);
    }
    var conditions = new ArrayList<Condition>();
    values.forEach((named, several) ->
        conditions.add(new Condition(named.attribute(), named.operator(), several)));
    return new AttributeFilter(conditions);
  }

  /** An attribute and how it is compared, from the name of a parameter. */
  private record Named(String attribute, Operator operator, boolean isList) {
    static Named of(String name) {
      int dot = name.lastIndexOf('.');
      String last = dot < 0 ? "" : name.substring(dot + 1);
      for (Operator operator : Operator.values()) {
        if (operator.word().equals(last)) {
          return new Named(name.substring(0, dot), operator, operator == Operator.IN);
        }
      }
      return new Named(name, Operator.IN, false);
    }
  }

  /** Refuses a segment by something that makes none. */
  static void requireSegments(Query query, SegmentPlan plan) {
    for (Query.Parameter parameter : query.all()) {
      if (!parameter.name().startsWith(SEGMENT)) continue;
      if (plan.isAbout(parameter.name().substring(SEGMENT.length()))) continue;
      throw InvalidRequest.at(
          parameter.name(),
          "segments are made by "
              + String.join(", ", plan.attributes())
              + ", got "
              + Shown.value(parameter.name()));
    }
  }

  private static JsonObject segment(Query query) {
    Map<String, String> said = new LinkedHashMap<>();
    for (Query.Parameter parameter : query.all()) {
      if (!parameter.name().startsWith(SEGMENT)) continue;
      said.put(parameter.name().substring(SEGMENT.length()), parameter.value());
    }
    if (said.isEmpty()) return JsonObject.EMPTY;
    var writer = new JsonWriter().beginObject();
    said.forEach(writer::field);
    return dev.kindred.json.Json.object(
        writer.endObject().toByteArray(), dev.kindred.json.Limits.ATTRIBUTES);
  }

  static List<String> ids(String list) {
    if (list.isEmpty()) return List.of();
    List<String> ids = List.of(list.split(",", -1));
    if (ids.size() > Request.IDS_MAX) {
      throw InvalidRequest.at(
          "exclude", "exclude takes at most " + Request.IDS_MAX + " ids, got " + ids.size());
    }
    return ids;
  }

  private static Optional<Double> number(Query query, String name) {
    return query
        .one(name)
        .map(text -> {
          var number = AttributeFilter.number(text);
          if (number.isPresent()) return number.getAsDouble();
          throw InvalidRequest.at(name, name + " must be a number, got " + Shown.value(text));
        });
  }
}
