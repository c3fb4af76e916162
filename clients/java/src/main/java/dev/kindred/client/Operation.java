package dev.kindred.client;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every call of the API: verb, path, and the names in the query.
 *
 * <p>This is the one place that knows addresses. A test compares it with the server's OpenAPI
 * document.
 */
enum Operation {
  LIST_ENTITIES("GET /api/v1/entities{?entity_type,limit,cursor,include_vector,fields}"),
  CREATE_ENTITY("POST /api/v1/entities{?upsert}"),
  IMPORT_ENTITIES("POST /api/v1/entities/bulk"),
  START_ENTITY_IMPORT("POST /api/v1/entities/bulk"),
  GET_ENTITY("GET /api/v1/entities/{entity_id}{?entity_type,include_vector,fields}"),
  REPLACE_ENTITY("PUT /api/v1/entities/{entity_id}{?entity_type,upsert}"),
  PATCH_ENTITY("PATCH /api/v1/entities/{entity_id}{?entity_type}"),
  DELETE_ENTITY("DELETE /api/v1/entities/{entity_id}{?entity_type}"),
  PUT_PRODUCT("POST /api/v1/products/{tenant}"),
  DELETE_PRODUCT("DELETE /api/v1/products/{tenant}/{entity_id}{?entity_type}"),
  RECORD_INTERACTION("POST /api/v1/interactions"),
  RECORD_ORDER("POST /api/v1/interactions"),
  IMPORT_INTERACTIONS("POST /api/v1/interactions/bulk"),
  START_INTERACTION_IMPORT("POST /api/v1/interactions/bulk"),
  LIST_USER_INTERACTIONS("GET /api/v1/interactions/user/{user_id}{?limit,offset,cursor}"),
  LIST_ENTITY_INTERACTIONS(
      "GET /api/v1/interactions/entity/{entity_id}{?entity_type,limit,offset,cursor}"),
  LIST_INTERACTION_TYPES("GET /api/v1/interaction-types"),
  REGISTER_INTERACTION_TYPE("POST /api/v1/interaction-types"),
  GET_INTERACTION_TYPE("GET /api/v1/interaction-types/{interaction_type}"),
  CHANGE_INTERACTION_TYPE("PUT /api/v1/interaction-types/{interaction_type}"),
  DELETE_INTERACTION_TYPE("DELETE /api/v1/interaction-types/{interaction_type}"),
  GET_USER_RECOMMENDATIONS(
      "GET /api/v1/recommendations/user/{user_id}{?count,algorithm,collaborative_weight,content_based_weight,entity_type,exclude_seen,exclude,min_score,diversity,explain,window_days}"),
  GET_SIMILAR_ENTITIES(
      "GET /api/v1/recommendations/entity/{entity_id}{?count,algorithm,collaborative_weight,content_based_weight,entity_type,exclude_seen,exclude,min_score,diversity,explain,window_days}"),
  GET_TRENDING(
      "GET /api/v1/recommendations/trending{?count,entity_type,exclude,min_score,window_days}"),
  GET_POPULAR(
      "GET /api/v1/recommendations/popular{?count,entity_type,exclude,min_score,window_days}"),
  RECOMMEND("POST /api/v1/recommendations"),
  RECOMMEND_BATCH("POST /api/v1/recommendations/batch"),
  RANK("POST /api/v1/rank"),
  GET_USER("GET /api/v1/users/{user_id}"),
  PUT_USER("PUT /api/v1/users/{user_id}"),
  ERASE_USER("DELETE /api/v1/users/{user_id}"),
  LIST_JOBS("GET /api/v1/jobs{?limit}"),
  GET_JOB("GET /api/v1/jobs/{job_id}"),
  CANCEL_JOB("DELETE /api/v1/jobs/{job_id}"),
  LIST_KEYS("GET /api/v1/keys"),
  CREATE_KEY("POST /api/v1/keys"),
  REVOKE_KEY("DELETE /api/v1/keys/{key_id}"),
  GET_TENANT_CONFIG("GET /api/v1/tenants/{tenant_id}/config"),
  PUT_TENANT_CONFIG("PUT /api/v1/tenants/{tenant_id}/config"),
  LIST_TENANT_CONFIGS("GET /api/v1/tenants/{tenant_id}/config/history{?limit}"),
  ROLL_BACK_TENANT_CONFIG("POST /api/v1/tenants/{tenant_id}/config/rollback"),
  RELOAD_CONFIG("POST /api/v1/admin/reload"),
  GET_CONFIG("GET /api/config"),
  GET_OPEN_API("GET /api/docs"),
  GET_HEALTH("GET /health"),
  GET_READINESS("GET /ready"),
  GET_METRICS("GET /metrics"),
  EXPORT_ENTITIES(
      "GET /api/v1/export/entities{?format,entity_type,last_modified_after,start_date,end_date,include_vectors}"),
  EXPORT_INTERACTIONS("GET /api/v1/export/interactions{?format,entity_type,start_date,end_date}"),
  EXPORT_USERS("GET /api/v1/export/users{?format,last_modified_after,start_date,end_date}"),
  EXPORT_USER("GET /api/v1/users/{user_id}/export"),
  IMPORT_FILE(
      "POST /api/v1/import{?kind,format,preset,map,fill,delimiter,header,encoding,file_name,dry_run}"),
  CREATE_WEBHOOK("POST /api/v1/webhooks"),
  LIST_WEBHOOKS("GET /api/v1/webhooks"),
  GET_WEBHOOK("GET /api/v1/webhooks/{webhook_id}"),
  DELETE_WEBHOOK("DELETE /api/v1/webhooks/{webhook_id}"),
  ROTATE_WEBHOOK_SECRET("POST /api/v1/webhooks/{webhook_id}/rotate-secret"),
  TEST_WEBHOOK("POST /api/v1/webhooks/{webhook_id}/test"),
  LIST_WEBHOOK_DELIVERIES("GET /api/v1/webhooks/{webhook_id}/deliveries{?limit,cursor}"),
  LIST_WEBHOOK_DEAD_LETTERS("GET /api/v1/webhooks/{webhook_id}/dead-letters{?limit,cursor}"),
  REPLAY_WEBHOOK_DEAD_LETTERS("POST /api/v1/webhooks/{webhook_id}/dead-letters/replay"),
  REPLAY_WEBHOOK_DEAD_LETTER("POST /api/v1/webhooks/{webhook_id}/dead-letters/{message_id}/replay"),
  RECORD_BEHAVIOR("POST /api/v1/behaviors"),
  IMPORT_BEHAVIORS("POST /api/v1/behaviors/bulk"),
  GET_USER_ANALYTICS("GET /api/v1/users/{user_id}/analytics"),
  LIST_SIMILAR_USERS("GET /api/v1/users/{user_id}/similar{?limit,genreTerm}"),
  GET_CONTENT("GET /api/v1/content/{content_id}{?mediaType}"),
  PUT_CONTENT("PUT /api/v1/content/{content_id}"),
  GET_CONTENT_METRICS("GET /api/v1/content/{content_id}/metrics{?mediaType}"),
  GET_OVERVIEW("GET /api/v1/analytics/overview{?from,to,bucket}"),
  GET_ANALYTICS_HEALTH("GET /api/v1/analytics/health"),
  CREATE_EXPERIMENT("POST /api/v1/experiments"),
  LIST_EXPERIMENTS("GET /api/v1/experiments"),
  GET_EXPERIMENT("GET /api/v1/experiments/{name}"),
  CHANGE_EXPERIMENT("PUT /api/v1/experiments/{name}"),
  LIST_EXPERIMENT_VERSIONS("GET /api/v1/experiments/{name}/versions{?limit}"),
  START_EXPERIMENT("POST /api/v1/experiments/{name}/start"),
  STOP_EXPERIMENT("POST /api/v1/experiments/{name}/stop"),
  CONCLUDE_EXPERIMENT("POST /api/v1/experiments/{name}/conclude"),
  ASSIGN_VARIANT("POST /api/v1/experiments/{name}/assign"),
  RECORD_CONVERSION("POST /api/v1/experiments/{name}/conversion"),
  GET_EXPERIMENT_RESULTS("GET /api/v1/experiments/{name}/results{?startDate,endDate,short}"),
  GET_EXPERIMENT_COUNTS("GET /api/v1/experiments/{name}/results{?startDate,endDate,short}"),
  LIST_EXPERIMENT_PRESETS("GET /api/v1/experiment-presets"),
  CREATE_EXPERIMENT_FROM_PRESET("POST /api/v1/experiment-presets/{preset}"),
  RECORD_AB_EVENTS("POST /api/v1/ab-events"),
  CLEAN_UP("POST /api/v1/admin/cleanup"),
  LIST_MODELS("GET /api/v1/models"),
  GET_MODEL("GET /api/v1/models/{name}"),
  REBUILD_MODELS("POST /api/v1/admin/rebuild{?wait}"),
  REFRESH_MODELS("POST /api/v1/admin/refresh{?wait}"),
  MERGE_USER("POST /api/v1/users/{user_id}/merge"),
  LIST_MERGES("GET /api/v1/users/{user_id}/merges"),
  UNDO_MERGE("DELETE /api/v1/users/{user_id}/merges/{merge_id}"),
  GET_EMBEDDING("GET /api/v1/content/{content_id}/embedding{?mediaType}"),
  PUT_EMBEDDING("PUT /api/v1/content/{content_id}/embedding{?mediaType}"),
  LIST_NEAREST_CONTENT("GET /api/v1/content/{content_id}/nearest{?mediaType,limit}"),
  LIST_SIMILAR(
      "GET /api/v1/recommendations/{tenant}/similar/{entity_id}{?count,algorithm,collaborative_weight,content_based_weight,entity_type,exclude_seen,exclude,min_score,diversity,window_days}"),
  LIST_SHOP_TRENDING(
      "GET /api/v1/recommendations/{tenant}/trending{?count,category,entity_type,window_days}"),
  LIST_PERSONALIZED(
      "GET /api/v1/recommendations/{tenant}/personalized/{user_id}{?count,algorithm,collaborative_weight,content_based_weight,entity_type,exclude_seen,exclude,min_score,diversity,window_days}"),
  LIST_COMPLEMENT(
      "GET /api/v1/recommendations/{tenant}/complement/{entity_id}{?count,entity_type,exclude}"),
  LIST_BUNDLE("POST /api/v1/recommendations/{tenant}/bundle"),
  LIST_THOSE("POST /api/v1/recommendations/{tenant}/batch"),
  POPULAR_PAGE("POST /popular"),
  PERSONALIZED_PAGE("POST /personalized"),
  STOREFRONT_STATS("GET /stats"),
  GET_VISITOR("GET /user-profile/{user_id}"),
  PUT_VISITOR("PUT /user-profile/{user_id}"),
  REFRESH_VISITOR("POST /user-profile/{user_id}/refresh"),
  REFRESH_POPULAR_ITEMS("POST /admin/refresh-popular-items{?wait}"),
  UPDATE_USER_PROFILES("POST /admin/update-user-profiles{?wait}"),
  REFRESH_SIMILARITIES("POST /admin/refresh-similarities{?wait}"),
  FULL_SYNC("POST /admin/full-sync{?wait}");

  final String verb;
  final String path;
  private final String query;

  Operation(String template) {
    int space = template.indexOf(' ');
    int mark = template.indexOf("{?");
    verb = template.substring(0, space);
    path = template.substring(space + 1, mark < 0 ? template.length() : mark);
    query = mark < 0 ? "" : template.substring(mark + 2, template.length() - 1);
  }

  /** The names that its query may have. */
  Set<String> query() {
    return Set.of(query.split(",", -1));
  }

  /** The method's name. */
  String method() {
    return Pattern.compile("_(.)")
        .matcher(name().toLowerCase(Locale.ROOT))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }
}
