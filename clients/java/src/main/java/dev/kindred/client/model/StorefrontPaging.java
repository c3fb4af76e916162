package dev.kindred.client.model;

import java.util.Map;

/** Which page. */
public final class StorefrontPaging extends Fields<StorefrontPaging> {

  private StorefrontPaging(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static StorefrontPaging empty() {
    return new StorefrontPaging(Map.of());
  }

  @Override
  StorefrontPaging made(Map<String, Object> values) {
    return new StorefrontPaging(values);
  }

  /** From 1. */
  public StorefrontPaging page(long page) {
    return with("page", page);
  }

  /** How many to a page. */
  public StorefrontPaging limit(long limit) {
    return with("limit", limit);
  }
}
