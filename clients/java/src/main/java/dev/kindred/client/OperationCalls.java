package dev.kindred.client;

import dev.kindred.client.model.Health;
import dev.kindred.client.model.Job;
import dev.kindred.client.model.Key;
import dev.kindred.client.model.Model;
import dev.kindred.client.model.NewKey;
import dev.kindred.client.model.Readiness;
import dev.kindred.client.model.TenantConfig;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Calls for those who look after the server: jobs, keys, tenants, configuration, health. */
abstract class OperationCalls extends UserCalls {

  private static final TypeReference<Job> JOB = new TypeReference<>() {};
  private static final TypeReference<Key> KEY = new TypeReference<>() {};
  private static final TypeReference<TenantConfig> CONFIG = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  OperationCalls(Connection connection, Options options) {
    super(connection, options);
  }

  private record Jobs(List<Job> jobs) {}

  /** The newest jobs first, at most so many. */
  public List<Job> listJobs(int limit) {
    return json(Call.of(Operation.LIST_JOBS).query("limit", limit), new TypeReference<Jobs>() {})
        .jobs;
  }

  /** How far a job is. */
  public Job getJob(String jobId) {
    return json(Call.of(Operation.GET_JOB).path("job_id", jobId), JOB);
  }

  /** Cancels a job; what it has done stays. */
  public Job cancelJob(String jobId) {
    return json(Call.of(Operation.CANCEL_JOB).path("job_id", jobId), JOB);
  }

  private record Models(List<Model> models) {}

  /** The newest models first, those in force and those that were tried. */
  public List<Model> listModels() {
    return json(Call.of(Operation.LIST_MODELS), new TypeReference<Models>() {}).models;
  }

  /** What was tried for a model, how it did, what was chosen and why. */
  public Model getModel(String name) {
    return json(Call.of(Operation.GET_MODEL).path("name", name), new TypeReference<>() {});
  }

  /** Makes the models anew, as a job; with {@code wait} it has ended when this returns. */
  public Job rebuildModels(boolean wait) {
    return json(Call.of(Operation.REBUILD_MODELS).query("wait", wait).slow(), JOB);
  }

  /** Brings what models cannot know yet up to date, as a job; with {@code wait} it has ended. */
  public Job refreshModels(boolean wait) {
    return json(Call.of(Operation.REFRESH_MODELS).query("wait", wait).slow(), JOB);
  }

  /**
   * Takes out behaviours that are older than is to be kept, as a job; what they add up to stays.
   */
  public Job cleanUp() {
    return json(Call.of(Operation.CLEAN_UP), JOB);
  }

  private record Keys(List<Key> keys) {}

  /** All keys, without their secrets. */
  public List<Key> listKeys() {
    return json(Call.of(Operation.LIST_KEYS), new TypeReference<Keys>() {}).keys;
  }

  /** Creates a key. Its secret is in this answer and nowhere else. */
  public Key createKey(NewKey key) {
    return json(Call.of(Operation.CREATE_KEY).body(key), KEY);
  }

  /** Revokes a key, at once, and on every replica within a second; returns the position. */
  public long revokeKey(String keyId) {
    return position(Call.of(Operation.REVOKE_KEY).path("key_id", keyId));
  }

  /** What a tenant has set for itself. */
  public TenantConfig getTenantConfig(String tenantId) {
    return json(Call.of(Operation.GET_TENANT_CONFIG).path("tenant_id", tenantId), CONFIG);
  }

  /** Replaces a tenant's settings by a new version. */
  public TenantConfig putTenantConfig(String tenantId, Map<String, ?> config) {
    return json(
        Call.of(Operation.PUT_TENANT_CONFIG).path("tenant_id", tenantId).body(config), CONFIG);
  }

  private record Versions(List<TenantConfig> versions) {}

  /** Every version of a tenant's settings, newest first, at most so many. */
  public List<TenantConfig> listTenantConfigs(String tenantId, int limit) {
    Call call =
        Call.of(Operation.LIST_TENANT_CONFIGS).path("tenant_id", tenantId).query("limit", limit);
    return json(call, new TypeReference<Versions>() {}).versions;
  }

  /** Puts an earlier version in force again, as a new version. */
  public TenantConfig rollBackTenantConfig(String tenantId, int version) {
    Call call = Call.of(Operation.ROLL_BACK_TENANT_CONFIG).path("tenant_id", tenantId);
    return json(call.body(Map.of("version", version)), CONFIG);
  }

  /** Reads the server's configuration file again; a bad one changes nothing. */
  public Map<String, Object> reloadConfig() {
    return json(Call.of(Operation.RELOAD_CONFIG), OBJECT);
  }

  /** The effective configuration, each value with its source, secrets masked. */
  public Map<String, Object> getConfig() {
    return json(Call.of(Operation.GET_CONFIG), OBJECT);
  }

  /** The API's description, OpenAPI 3.1. */
  public Map<String, Object> getOpenApi() {
    return json(Call.of(Operation.GET_OPEN_API), OBJECT);
  }

  /** Whether the process lives, and how its parts are. */
  public Health getHealth() {
    return json(Call.of(Operation.GET_HEALTH), new TypeReference<>() {});
  }

  /** Whether the server can serve now. Not ready is an answer too, not an error. */
  public Readiness getReadiness() {
    return json(Call.of(Operation.GET_READINESS).expecting(503), new TypeReference<>() {});
  }

  /** Metrics in Prometheus' text form. */
  public String getMetrics() {
    return text(Call.of(Operation.GET_METRICS).header("Accept", "text/plain"));
  }
}
