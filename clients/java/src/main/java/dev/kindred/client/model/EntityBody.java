package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What an entity is replaced by. */
public final class EntityBody extends Fields<EntityBody> {

  private EntityBody(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static EntityBody of(Map<String, ?> attributes) {
    return new EntityBody(Map.of()).with("attributes", attributes);
  }

  @Override
  EntityBody made(Map<String, Object> values) {
    return new EntityBody(values);
  }

  /** A vector of your own instead of one made from the attributes. */
  public EntityBody featureVector(List<? extends Number> featureVector) {
    return with("feature_vector", featureVector);
  }

  /** Not recommended before. */
  public EntityBody availableFrom(Instant availableFrom) {
    return with("available_from", availableFrom);
  }

  /** Not recommended from then on. */
  public EntityBody availableUntil(Instant availableUntil) {
    return with("available_until", availableUntil);
  }

  /** Whose it is; for keys that open all tenants. */
  public EntityBody tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
