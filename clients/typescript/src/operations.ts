/**
 * Every call of the API by the name of its method: verb, path, and the names in the query.
 *
 * This is the one place that knows addresses. A test compares it with the server's OpenAPI document.
 */
export const operations = {
  listEntities: 'GET /api/v1/entities{?entity_type,limit,cursor,include_vector,fields}',
  createEntity: 'POST /api/v1/entities{?upsert}',
  importEntities: 'POST /api/v1/entities/bulk',
  startEntityImport: 'POST /api/v1/entities/bulk',
  getEntity: 'GET /api/v1/entities/{entity_id}{?entity_type,include_vector,fields}',
  replaceEntity: 'PUT /api/v1/entities/{entity_id}{?entity_type,upsert}',
  patchEntity: 'PATCH /api/v1/entities/{entity_id}{?entity_type}',
  deleteEntity: 'DELETE /api/v1/entities/{entity_id}{?entity_type}',
  putProduct: 'POST /api/v1/products/{tenant}',
  deleteProduct: 'DELETE /api/v1/products/{tenant}/{entity_id}{?entity_type}',
  recordInteraction: 'POST /api/v1/interactions',
  recordOrder: 'POST /api/v1/interactions',
  importInteractions: 'POST /api/v1/interactions/bulk',
  startInteractionImport: 'POST /api/v1/interactions/bulk',
  listUserInteractions: 'GET /api/v1/interactions/user/{user_id}{?limit,offset,cursor}',
  listEntityInteractions: 'GET /api/v1/interactions/entity/{entity_id}{?entity_type,limit,offset,cursor}',
  listInteractionTypes: 'GET /api/v1/interaction-types',
  registerInteractionType: 'POST /api/v1/interaction-types',
  getInteractionType: 'GET /api/v1/interaction-types/{interaction_type}',
  changeInteractionType: 'PUT /api/v1/interaction-types/{interaction_type}',
  deleteInteractionType: 'DELETE /api/v1/interaction-types/{interaction_type}',
  getUserRecommendations:
    'GET /api/v1/recommendations/user/{user_id}{?count,algorithm,collaborative_weight,content_based_weight,entity_type,' +
    'exclude_seen,exclude,min_score,diversity,explain}',
  getSimilarEntities: 'GET /api/v1/recommendations/entity/{entity_id}{?entity_type,count,algorithm}',
  getTrending: 'GET /api/v1/recommendations/trending{?entity_type,count,window_days}',
  getPopular: 'GET /api/v1/recommendations/popular{?entity_type,count,window_days}',
  recommend: 'POST /api/v1/recommendations',
  recommendBatch: 'POST /api/v1/recommendations/batch',
  rank: 'POST /api/v1/rank',
  getUser: 'GET /api/v1/users/{user_id}',
  putUser: 'PUT /api/v1/users/{user_id}',
  eraseUser: 'DELETE /api/v1/users/{user_id}',
  listJobs: 'GET /api/v1/jobs{?limit}',
  getJob: 'GET /api/v1/jobs/{job_id}',
  cancelJob: 'DELETE /api/v1/jobs/{job_id}',
  listKeys: 'GET /api/v1/keys',
  createKey: 'POST /api/v1/keys',
  revokeKey: 'DELETE /api/v1/keys/{key_id}',
  getTenantConfig: 'GET /api/v1/tenants/{tenant_id}/config',
  putTenantConfig: 'PUT /api/v1/tenants/{tenant_id}/config',
  listTenantConfigs: 'GET /api/v1/tenants/{tenant_id}/config/history{?limit}',
  rollBackTenantConfig: 'POST /api/v1/tenants/{tenant_id}/config/rollback',
  reloadConfig: 'POST /api/v1/admin/reload',
  getConfig: 'GET /api/config',
  getOpenApi: 'GET /api/docs',
  getHealth: 'GET /health',
  getReadiness: 'GET /ready',
  getMetrics: 'GET /metrics',
} as const;

export type OperationName = keyof typeof operations;
