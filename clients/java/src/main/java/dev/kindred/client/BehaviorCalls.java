package dev.kindred.client;

import dev.kindred.client.model.AnalyticsHealth;
import dev.kindred.client.model.Behavior;
import dev.kindred.client.model.BulkReport;
import dev.kindred.client.model.Content;
import dev.kindred.client.model.ContentBody;
import dev.kindred.client.model.ContentMetrics;
import dev.kindred.client.model.ContentQuery;
import dev.kindred.client.model.Embedding;
import dev.kindred.client.model.NearestContent;
import dev.kindred.client.model.NewBehavior;
import dev.kindred.client.model.Overview;
import dev.kindred.client.model.OverviewQuery;
import dev.kindred.client.model.SimilarUser;
import dev.kindred.client.model.SimilarUserQuery;
import dev.kindred.client.model.StoredContent;
import dev.kindred.client.model.UserAnalytics;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Behaviour: what users did and in which circumstances, and what it adds up to. */
abstract class BehaviorCalls extends WebhookCalls {

  BehaviorCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /** Records a behaviour: an interaction with its circumstances. */
  public Behavior recordBehavior(NewBehavior behavior) {
    return json(Call.of(Operation.RECORD_BEHAVIOR).body(behavior), new TypeReference<>() {});
  }

  /** Records many behaviours; one bad row fails alone and is told in the errors. */
  public BulkReport importBehaviors(List<NewBehavior> behaviors) {
    return json(
        Call.of(Operation.IMPORT_BEHAVIORS).body(Map.of("behaviors", behaviors)),
        new TypeReference<>() {});
  }

  /** What a user did, summed up; nothing for somebody unknown. */
  public UserAnalytics getUserAnalytics(String userId) {
    return json(
        Call.of(Operation.GET_USER_ANALYTICS).path("user_id", userId), new TypeReference<>() {});
  }

  /** Who is like a user, the most similar first. */
  public List<SimilarUser> listSimilarUsers(String userId, SimilarUserQuery query) {
    return json(
        Call.of(Operation.LIST_SIMILAR_USERS).path("user_id", userId).query(query),
        new TypeReference<>() {});
  }

  /** What content is. */
  public Content getContent(String contentId, ContentQuery query) {
    return json(
        Call.of(Operation.GET_CONTENT).path("content_id", contentId).query(query),
        new TypeReference<>() {});
  }

  /** Says what content is; nothing that was counted is touched. */
  public StoredContent putContent(String contentId, ContentBody content) {
    return json(
        Call.of(Operation.PUT_CONTENT).path("content_id", contentId).body(content),
        new TypeReference<>() {});
  }

  /** What users made of content. */
  public ContentMetrics getContentMetrics(String contentId, ContentQuery query) {
    return json(
        Call.of(Operation.GET_CONTENT_METRICS).path("content_id", contentId).query(query),
        new TypeReference<>() {});
  }

  /** The course of events: types, active users, top content, what became of recommendations. */
  public Overview getOverview(OverviewQuery query) {
    return json(Call.of(Operation.GET_OVERVIEW).query(query), new TypeReference<>() {});
  }

  /** Whether behaviour is counted, and how much of it is kept. */
  public AnalyticsHealth getAnalyticsHealth() {
    return json(Call.of(Operation.GET_ANALYTICS_HEALTH), new TypeReference<>() {});
  }

  /** The vector of content, and the model that made it. */
  public Embedding getEmbedding(String contentId, ContentQuery query) {
    return json(
        Call.of(Operation.GET_EMBEDDING).path("content_id", contentId).query(query),
        new TypeReference<>() {});
  }

  /** Gives content a vector of the configured dimension in place of its own. */
  public Embedding putEmbedding(
      String contentId, String model, List<Double> vector, ContentQuery query) {
    Call call = Call.of(Operation.PUT_EMBEDDING).path("content_id", contentId).query(query);
    return json(call.body(Map.of("model", model, "vector", vector)), new TypeReference<>() {});
  }

  /** Content of the same type whose vectors are nearest, by their cosine. */
  public NearestContent listNearestContent(String contentId, ContentQuery query) {
    Call call = Call.of(Operation.LIST_NEAREST_CONTENT).path("content_id", contentId).query(query);
    return json(call, new TypeReference<>() {});
  }
}
