package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** That a user did what is measured. */
public final class NewConversion extends Fields<NewConversion> {

  private NewConversion(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewConversion of(String userId, String metricName) {
    return new NewConversion(Map.of()).with("userId", userId).with("metricName", metricName);
  }

  @Override
  NewConversion made(Map<String, Object> values) {
    return new NewConversion(values);
  }

  /** Sets {@code value}. */
  public NewConversion value(double value) {
    return with("value", value);
  }

  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  public NewConversion timestamp(Instant timestamp) {
    return with("timestamp", timestamp);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewConversion tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
