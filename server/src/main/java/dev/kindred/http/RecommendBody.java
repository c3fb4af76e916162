package dev.kindred.http;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonReader.Kind;
import dev.kindred.json.Limits;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Lists.Counts;
import dev.kindred.recommend.Request;
import dev.kindred.recommend.Request.Boost;
import dev.kindred.recommend.Request.Mix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Requests for lists as JSON. */
final class RecommendBody {
  private RecommendBody() {}

  /**
   * A request whose tenant, and with it how long a list may be, is not known before it was read.
   *
   * @param said the parameters that it names
   * @param count as the body says it
   * @param tenant as the body names it
   * @param place where the request stands
   */
  record Read(
      Request.Builder request,
      Set<String> said,
      OptionalLong count,
      Optional<String> tenant,
      String place) {

    Read {
      said = Set.copyOf(said);
    }

    /** The same where lists may be so long. */
    Request.Builder under(Counts counts) {
      long wanted = count.orElse(counts.usual());
      if (wanted < 1 || wanted > counts.most()) {
        throw InvalidRequest.at(
            place + "/count", "must be between 1 and " + counts.most() + ", got " + wanted);
      }
      return request.count((int) wanted);
    }

    /** Lists asked for together are all of one tenant. */
    void requireTenant(TenantId together) {
      if (tenant.map(together.value()::equals).orElse(true)) return;
      throw InvalidRequest.at(
          place + "/tenant_id",
          "must be that of the whole batch, '" + together + "', got " + Shown.value(tenant.get()));
    }
  }

  static Read read(JsonReader in) {
    String place = in.pointer();
    Request.Builder request = Request.builder(1);
    OptionalLong count = OptionalLong.empty();
    Optional<String> tenant = Optional.empty();
    Optional<Double> collaborative = Optional.empty();
    Optional<Double> content = Optional.empty();
    var said = new HashSet<String>();
    for (var fields = in.object(); fields.next(); ) {
      said.add(fields.name());
      switch (fields.name()) {
        case "user_id" -> request.user(in.id(UserId::new).value());
        case "entity_ids" -> request.like(ids(in));
        case "session" -> request.session(ids(in));
        case "context" -> request.attributes(in.object(Limits.ATTRIBUTES));
        case "count" -> count = OptionalLong.of(in.integer(Long.MIN_VALUE, Long.MAX_VALUE));
        case "algorithm" -> request.algorithm(in.string(Algorithm::named));
        case "collaborative_weight" -> collaborative = Optional.of(in.number());
        case "content_based_weight", "content_weight" -> content = Optional.of(in.number());
        case "entity_type" -> request.type(Optional.of(in.string(EntityType::new)));
        case "exclude_seen" -> request.seen(!in.bool());
        case "exclude" -> request.exclude(ids(in));
        case "filter" -> request.filter(filter(in));
        case "boost" -> request.boosts(boosts(in));
        case "min_score" -> request.minScore(in.number(0, 1));
        case "diversity" -> request.diversity(in.number(0, 1));
        case "window_days" -> request.windowDays(Optional.of(in.number(1, 90)));
        case "explain" -> request.explain(in.bool());
        case "explain_missing" -> request.explainMissing(ids(in));
        case "tenant_id" -> tenant = Optional.of(in.string());
        default -> fields.unknown();
      }
    }
    return new Read(request.mix(Mix.of(collaborative, content)), said, count, tenant, place);
  }

  static List<String> ids(JsonReader in) {
    return in.ids(Request.IDS_MAX, id -> new EntityId(id).value());
  }

  /** {@code {"category": "shoes", "price": {"lte": 50}, "brand": {"in": ["a", "b"]}}}. */
  static AttributeFilter filter(JsonReader in) {
    var conditions = new ArrayList<Condition>();
    for (var fields = in.object(); fields.next(); ) {
      String attribute = fields.name();
      if (in.kind() == Kind.OBJECT) {
        for (var operators = in.object(); operators.next(); ) {
          conditions.add(condition(in, attribute, operator(in, operators.name())));
        }
      } else {
        conditions.add(condition(in, attribute, Operator.IN));
      }
    }
    return new AttributeFilter(conditions);
  }

  private static Operator operator(JsonReader in, String word) {
    for (Operator operator : Operator.values()) if (operator.word().equals(word)) return operator;
    throw in.invalid("must be in, ne, gte or lte");
  }

  private static Condition condition(JsonReader in, String attribute, Operator operator) {
    List<String> values = new ArrayList<>();
    if (in.kind() == Kind.ARRAY) {
      for (var elements = in.array(); elements.next(); ) {
        if (values.size() == AttributeFilter.VALUES_MAX) {
          throw in.invalid("takes at most " + AttributeFilter.VALUES_MAX + " values");
        }
        values.add(scalar(in));
      }
    } else {
      values.add(scalar(in));
    }
    return new Condition(attribute, operator, values);
  }

  private static String scalar(JsonReader in) {
    return in.kind() == Kind.BOOLEAN ? Boolean.toString(in.bool()) : in.id();
  }

  /** {@code [{"filter": {"brand": "a"}, "factor": 1.5}]}. */
  private static List<Boost> boosts(JsonReader in) {
    var boosts = new ArrayList<Boost>();
    for (var elements = in.array(); elements.next(); ) {
      if (boosts.size() == Request.BOOSTS_MAX) {
        throw in.invalid("takes at most " + Request.BOOSTS_MAX + " boosts");
      }
      AttributeFilter filter = null;
      Double factor = null;
      var fields = in.object();
      while (fields.next()) {
        switch (fields.name()) {
          case "filter" -> filter = filter(in);
          case "factor" -> factor = in.number(0, 100);
          default -> fields.unknown();
        }
      }
      boosts.add(new Boost(fields.require("filter", filter), fields.require("factor", factor)));
    }
    return boosts;
  }
}
