package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that may be recommended, to be stored. */
public final class NewEntity extends Fields<NewEntity> {

  private NewEntity(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewEntity of(String entityId, String entityType) {
    return new NewEntity(Map.of()).with("entity_id", entityId).with("entity_type", entityType);
  }

  @Override
  NewEntity made(Map<String, Object> values) {
    return new NewEntity(values);
  }

  /** Any JSON, nested up to 3 levels. */
  public NewEntity attributes(Map<String, ?> attributes) {
    return with("attributes", attributes);
  }

  /** A vector of your own instead of one made from the attributes. */
  public NewEntity featureVector(List<? extends Number> featureVector) {
    return with("feature_vector", featureVector);
  }

  /** Not recommended before. */
  public NewEntity availableFrom(Instant availableFrom) {
    return with("available_from", availableFrom);
  }

  /** Not recommended from then on. */
  public NewEntity availableUntil(Instant availableUntil) {
    return with("available_until", availableUntil);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewEntity tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
