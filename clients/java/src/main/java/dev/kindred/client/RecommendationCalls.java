package dev.kindred.client;

import dev.kindred.client.model.Ranked;
import dev.kindred.client.model.Recommendation;
import dev.kindred.client.model.RecommendationLists;
import dev.kindred.client.model.RecommendationQuery;
import dev.kindred.client.model.RecommendationRequest;
import dev.kindred.client.model.Trending;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Calls about recommendations: what to show. */
abstract class RecommendationCalls extends InteractionCalls {

  private static final TypeReference<Recommendation> RECOMMENDATIONS = new TypeReference<>() {};
  private static final TypeReference<RecommendationLists> LISTS = new TypeReference<>() {};
  private static final TypeReference<Trending> TRENDING = new TypeReference<>() {};

  RecommendationCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /** What this user should see next, best first. */
  public Recommendation getUserRecommendations(String userId) {
    return getUserRecommendations(userId, RecommendationQuery.any());
  }

  /** What this user should see next, best first, as the query wants it. */
  public Recommendation getUserRecommendations(String userId, RecommendationQuery query) {
    return json(
        Call.of(Operation.GET_USER_RECOMMENDATIONS).path("user_id", userId).query(query),
        RECOMMENDATIONS);
  }

  /** Entities like this one: what the same people took, what has similar content, or both. */
  public Recommendation getSimilarEntities(String entityId, RecommendationQuery query) {
    return json(
        Call.of(Operation.GET_SIMILAR_ENTITIES).path("entity_id", entityId).query(query),
        RECOMMENDATIONS);
  }

  /** What grows, not merely what is large. */
  public Trending getTrending(RecommendationQuery query) {
    return json(Call.of(Operation.GET_TRENDING).query(query), TRENDING);
  }

  /** What counted most in the window, among all users or those of a segment. */
  public Recommendation getPopular(RecommendationQuery query) {
    return json(Call.of(Operation.GET_POPULAR).query(query), RECOMMENDATIONS);
  }

  /** All that can be asked, in one request. */
  public Recommendation recommend(RecommendationRequest request) {
    return json(Call.of(Operation.RECOMMEND).reads().body(request), RECOMMENDATIONS);
  }

  /** Many lists in one call; with {@code distinct} no entity is in two of them. */
  public RecommendationLists recommendBatch(
      List<RecommendationRequest> requests, boolean distinct) {
    var body = Map.of("requests", requests, "distinct", distinct);
    return json(Call.of(Operation.RECOMMEND_BATCH).reads().body(body), LISTS);
  }

  /** The same entities, in the order of this user's liking. */
  public Ranked rank(String userId, Collection<String> entityIds) {
    var body = Map.of("user_id", userId, "entity_ids", entityIds);
    return json(Call.of(Operation.RANK).reads().body(body), new TypeReference<>() {});
  }

  /** The same, knowing what is viewed now, the newest last. */
  public Ranked rank(String userId, Collection<String> entityIds, Collection<String> session) {
    var body = Map.of("user_id", userId, "entity_ids", entityIds, "session", session);
    return json(Call.of(Operation.RANK).reads().body(body), new TypeReference<>() {});
  }
}
