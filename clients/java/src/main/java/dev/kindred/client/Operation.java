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
      "GET /api/v1/recommendations/user/{user_id}{?count,algorithm,collaborative_weight,content_based_weight,entity_type,exclude_seen,exclude,min_score,diversity,explain}"),
  GET_SIMILAR_ENTITIES(
      "GET /api/v1/recommendations/entity/{entity_id}{?entity_type,count,algorithm}"),
  GET_TRENDING("GET /api/v1/recommendations/trending{?entity_type,count,window_days}"),
  GET_POPULAR("GET /api/v1/recommendations/popular{?entity_type,count,window_days}"),
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
  GET_METRICS("GET /metrics");

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
