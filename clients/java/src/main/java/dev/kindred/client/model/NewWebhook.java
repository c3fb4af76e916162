package dev.kindred.client.model;

import java.util.List;
import java.util.Map;

/** Who is to be told which events. */
public final class NewWebhook extends Fields<NewWebhook> {

  private NewWebhook(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewWebhook of(String url, List<String> events) {
    return new NewWebhook(Map.of()).with("url", url).with("events", events);
  }

  @Override
  NewWebhook made(Map<String, Object> values) {
    return new NewWebhook(values);
  }

  /** Made where it is not given. */
  public NewWebhook secret(String secret) {
    return with("secret", secret);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewWebhook tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
