package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A product as shop plugins send it: an entity whose type is {@code product} unless told. */
public final class Product extends Fields<Product> {

  private Product(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static Product of(String entityId) {
    return new Product(Map.of()).with("entity_id", entityId);
  }

  @Override
  Product made(Map<String, Object> values) {
    return new Product(values);
  }

  /** Another type than product. */
  public Product entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** Any JSON, nested up to 3 levels. */
  public Product attributes(Map<String, ?> attributes) {
    return with("attributes", attributes);
  }

  /** A vector of your own instead of one made from the attributes. */
  public Product featureVector(List<? extends Number> featureVector) {
    return with("feature_vector", featureVector);
  }

  /** Not recommended before. */
  public Product availableFrom(Instant availableFrom) {
    return with("available_from", availableFrom);
  }

  /** Not recommended from then on. */
  public Product availableUntil(Instant availableUntil) {
    return with("available_until", availableUntil);
  }

  /** Whose it is; for keys that open all tenants. */
  public Product tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
