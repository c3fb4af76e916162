package dev.kindred.client.model;

import java.util.List;
import java.util.Map;

/** A key to be made: admin, server or publishable; for one tenant or for all. */
public final class NewKey extends Fields<NewKey> {

  private NewKey(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewKey of(String kind) {
    return new NewKey(Map.of()).with("kind", kind);
  }

  @Override
  NewKey made(Map<String, Object> values) {
    return new NewKey(values);
  }

  /** What it is for. */
  public NewKey name(String name) {
    return with("name", name);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewKey tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }

  /** The pages that may use a publishable key. */
  public NewKey origins(List<String> origins) {
    return with("origins", origins);
  }

  /** A limit of its own. */
  public NewKey requestsPerMinute(int requestsPerMinute) {
    return with("requests_per_minute", requestsPerMinute);
  }
}
