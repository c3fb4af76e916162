package dev.kindred.client.model;

import java.util.Map;

/** What is to be otherwise than the preset has it. */
public final class FromPreset extends Fields<FromPreset> {

  private FromPreset(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static FromPreset empty() {
    return new FromPreset(Map.of());
  }

  @Override
  FromPreset made(Map<String, Object> values) {
    return new FromPreset(values);
  }

  /** Sets {@code name}. */
  public FromPreset name(String name) {
    return with("name", name);
  }

  /** Sets {@code start}. */
  public FromPreset start(boolean start) {
    return with("start", start);
  }

  /** Whose it is; for keys that open all tenants. */
  public FromPreset tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
