package dev.kindred.client;

import dev.kindred.client.model.PersonalizedRequest;
import dev.kindred.client.model.PopularRequest;
import dev.kindred.client.model.RecommendationQuery;
import dev.kindred.client.model.ShopQuery;
import dev.kindred.client.model.ShownItem;
import dev.kindred.client.model.StorefrontPage;
import dev.kindred.client.model.StorefrontStats;
import dev.kindred.client.model.StorefrontTask;
import dev.kindred.client.model.Visitor;
import dev.kindred.client.model.VisitorBody;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * Calls of shops: lists in the form that shop plugins know, and pages for a storefront that Kindred
 * follows.
 */
abstract class ShopCalls extends FileCalls {

  private static final TypeReference<List<ShownItem>> ITEMS = new TypeReference<>() {};
  private static final TypeReference<StorefrontPage> PAGE = new TypeReference<>() {};
  private static final TypeReference<StorefrontTask> TASK = new TypeReference<>() {};
  private static final TypeReference<Visitor> VISITOR = new TypeReference<>() {};

  ShopCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /** Entities like this one, as a bare list. */
  public List<ShownItem> listSimilar(String tenant, String entityId, RecommendationQuery query) {
    Call call = Call.of(Operation.LIST_SIMILAR).path("tenant", tenant).path("entity_id", entityId);
    return json(call.query(query), ITEMS);
  }

  /** What this user should see next, as a bare list. */
  public List<ShownItem> listPersonalized(String tenant, String userId, RecommendationQuery query) {
    Call call = Call.of(Operation.LIST_PERSONALIZED).path("tenant", tenant).path("user_id", userId);
    return json(call.query(query), ITEMS);
  }

  /** What grows, as a bare list. */
  public List<ShownItem> listShopTrending(String tenant, ShopQuery query) {
    return json(Call.of(Operation.LIST_SHOP_TRENDING).path("tenant", tenant).query(query), ITEMS);
  }

  /** What is bought together with this. */
  public List<ShownItem> listComplement(String tenant, String entityId, ShopQuery query) {
    Call call =
        Call.of(Operation.LIST_COMPLEMENT).path("tenant", tenant).path("entity_id", entityId);
    return json(call.query(query), ITEMS);
  }

  /** What goes with all of these. */
  public List<ShownItem> listBundle(String tenant, List<String> productIds, int count) {
    var body = Map.of("product_ids", productIds, "count", count);
    return json(Call.of(Operation.LIST_BUNDLE).path("tenant", tenant).reads().body(body), ITEMS);
  }

  /** These entities themselves. */
  public List<ShownItem> listThose(String tenant, List<String> productIds) {
    var body = Map.of("product_ids", productIds);
    return json(Call.of(Operation.LIST_THOSE).path("tenant", tenant).reads().body(body), ITEMS);
  }

  /** What is popular with people like this. */
  public StorefrontPage popularPage(PopularRequest request) {
    return json(Call.of(Operation.POPULAR_PAGE).reads().body(request), PAGE);
  }

  /** What this visitor should see next. */
  public StorefrontPage personalizedPage(PersonalizedRequest request) {
    return json(Call.of(Operation.PERSONALIZED_PAGE).reads().body(request), PAGE);
  }

  /** How much there is, and how it is kept in step. */
  public StorefrontStats storefrontStats() {
    return json(Call.of(Operation.STOREFRONT_STATS), new TypeReference<>() {});
  }

  /** Who a visitor is, and what they like. */
  public Visitor getVisitor(String userId) {
    return json(Call.of(Operation.GET_VISITOR).path("user_id", userId), VISITOR);
  }

  /** Says who a visitor is; it counts in the next answer. */
  public Visitor putVisitor(String userId, VisitorBody body) {
    return json(Call.of(Operation.PUT_VISITOR).path("user_id", userId).body(body), VISITOR);
  }

  /** Sums up anew what a visitor likes. */
  public Visitor refreshVisitor(String userId) {
    return json(Call.of(Operation.REFRESH_VISITOR).path("user_id", userId), VISITOR);
  }

  /** Counts anew what is popular with whom; with {@code wait} that is done when this returns. */
  public StorefrontTask refreshPopularItems(boolean wait) {
    return json(Call.of(Operation.REFRESH_POPULAR_ITEMS).query("wait", wait).slow(), TASK);
  }

  /** Sums up anew what users like; with {@code wait} that is done when this returns. */
  public StorefrontTask updateUserProfiles(boolean wait) {
    return json(Call.of(Operation.UPDATE_USER_PROFILES).query("wait", wait).slow(), TASK);
  }

  /** Finds similar users and items anew; with {@code wait} that is done when this returns. */
  public StorefrontTask refreshSimilarities(boolean wait) {
    return json(Call.of(Operation.REFRESH_SIMILARITIES).query("wait", wait).slow(), TASK);
  }

  /** Reads all of the shop's database again; with {@code wait} that is done when this returns. */
  public StorefrontTask fullSync(boolean wait) {
    return json(Call.of(Operation.FULL_SYNC).query("wait", wait).slow(), TASK);
  }
}
