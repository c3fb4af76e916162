package dev.kindred.client.model;

import java.util.Map;

/** Which variant won. */
public final class Conclusion extends Fields<Conclusion> {

  private Conclusion(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static Conclusion of(String variant) {
    return new Conclusion(Map.of()).with("variant", variant);
  }

  @Override
  Conclusion made(Map<String, Object> values) {
    return new Conclusion(values);
  }

  /** Whether the variant's config becomes the tenant's own settings. */
  public Conclusion makeDefault(boolean makeDefault) {
    return with("makeDefault", makeDefault);
  }

  /** Whose it is; for keys that open all tenants. */
  public Conclusion tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
