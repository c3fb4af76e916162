package dev.kindred.client.model;

import java.util.Map;

/** See the schema AssignUser in the API's description. */
public final class AssignUser extends Fields<AssignUser> {

  private AssignUser(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static AssignUser of(String userId) {
    return new AssignUser(Map.of()).with("userId", userId);
  }

  @Override
  AssignUser made(Map<String, Object> values) {
    return new AssignUser(values);
  }

  /** What the client has assigned, where clients assign. */
  public AssignUser variant(String variant) {
    return with("variant", variant);
  }

  /** Whose it is; for keys that open all tenants. */
  public AssignUser tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
