package dev.kindred.embedded;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.CachedRecommender.Served;
import dev.kindred.recommend.Lists;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Request;
import dev.kindred.recommend.Variants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A list that is being asked for, bit by bit. What is not said is as the user's variant of a
 * running experiment says, or as it is set. For one thread.
 */
public final class Ask {

  private final Lists lists;
  private final TenantId tenant;
  private final Request.Builder request;
  private final List<Condition> conditions = new ArrayList<>();

  /** The names of the parameters that were said. */
  private final Set<String> said = new HashSet<>();

  private Ask(Lists lists, TenantId tenant) {
    this.lists = lists;
    this.tenant = tenant;
    request = Request.builder(lists.counts(tenant).usual());
  }

  public static Ask forUser(Lists lists, TenantId tenant, String userId) {
    var ask = new Ask(lists, tenant);
    ask.request.user(new UserId(userId).value());
    return ask;
  }

  public static Ask like(Lists lists, TenantId tenant, List<String> entityIds) {
    var ask = new Ask(lists, tenant);
    ask.request.like(entityIds);
    return ask;
  }

  public static Ask by(Lists lists, TenantId tenant, Algorithm algorithm) {
    return new Ask(lists, tenant).algorithm(algorithm);
  }

  public Ask count(int wanted) {
    int most = lists.counts(tenant).most();
    if (wanted < 1 || wanted > most) {
      throw InvalidRequest.at("count", "count must be between 1 and " + most + ", got " + wanted);
    }
    request.count(wanted);
    return saying("count");
  }

  public Ask algorithm(Algorithm algorithm) {
    request.algorithm(algorithm);
    return saying("algorithm");
  }

  /** Only entities of that type. */
  public Ask ofType(String type) {
    request.type(Optional.of(new EntityType(type)));
    return saying("entity_type");
  }

  /** Only entities of whose attribute one value is among these. */
  public Ask where(String attribute, String... values) {
    conditions.add(new Condition(attribute, Operator.IN, List.of(values)));
    return this;
  }

  /** Only entities of whose attribute no value is among these. */
  public Ask whereNot(String attribute, String... values) {
    conditions.add(new Condition(attribute, Operator.NOT_IN, List.of(values)));
    return this;
  }

  public Ask whereAtLeast(String attribute, double least) {
    conditions.add(new Condition(attribute, Operator.AT_LEAST, List.of(Double.toString(least))));
    return this;
  }

  public Ask whereAtMost(String attribute, double most) {
    conditions.add(new Condition(attribute, Operator.AT_MOST, List.of(Double.toString(most))));
    return this;
  }

  public Ask exclude(String... ids) {
    request.exclude(List.of(ids));
    return saying("exclude");
  }

  /** What the user looks at now, the newest last. */
  public Ask session(String... ids) {
    request.session(List.of(ids));
    return saying("session");
  }

  /** What the user knows already may be in it. */
  public Ask includingSeen() {
    request.seen(true);
    return saying("exclude_seen");
  }

  /** How different from each other the items are to be, 0 to 1. */
  public Ask diversity(double wanted) {
    request.diversity(wanted);
    return saying("diversity");
  }

  public Ask minScore(double least) {
    request.minScore(least);
    return saying("min_score");
  }

  /** Each item says where its score comes from. */
  public Ask explained() {
    request.explain(true);
    return saying("explain");
  }

  /** The items, the best first. */
  public List<Item> list() {
    return answer().recommendation().items();
  }

  /** The list with everything that is known of it. */
  public Recommended answer() {
    request.filter(new AttributeFilter(conditions));
    var asked = Variants.fill(lists, tenant, request, said);
    Served served = lists.of(tenant, asked);
    String id = lists.shown(tenant, asked, served);
    return new Recommended(id, served.recommendation(), asked.by());
  }

  private Ask saying(String name) {
    said.add(name);
    return this;
  }
}
