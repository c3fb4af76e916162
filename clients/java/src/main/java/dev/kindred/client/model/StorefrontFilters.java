package dev.kindred.client.model;

import java.util.Map;

/** Only items like this. */
public final class StorefrontFilters extends Fields<StorefrontFilters> {

  private StorefrontFilters(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static StorefrontFilters empty() {
    return new StorefrontFilters(Map.of());
  }

  @Override
  StorefrontFilters made(Map<String, Object> values) {
    return new StorefrontFilters(values);
  }

  /** What they cost at least. */
  public StorefrontFilters priceFrom(double priceFrom) {
    return with("price_from", priceFrom);
  }

  /** What they cost at most. */
  public StorefrontFilters priceTo(double priceTo) {
    return with("price_to", priceTo);
  }

  /** In this category. */
  public StorefrontFilters category(String category) {
    return with("category", category);
  }

  /** Suitable for this. */
  public StorefrontFilters suitableFor(String suitableFor) {
    return with("suitable_for", suitableFor);
  }

  /** For people who know each other so well. */
  public StorefrontFilters acquaintanceLevel(String acquaintanceLevel) {
    return with("acquaintance_level", acquaintanceLevel);
  }

  /** From this platform. */
  public StorefrontFilters platform(String platform) {
    return with("platform", platform);
  }

  /** For m, f or any. */
  public StorefrontFilters gender(String gender) {
    return with("gender", gender);
  }

  /** For a group such as 25-34 or 55+, or an age in years. */
  public StorefrontFilters age(String age) {
    return with("age", age);
  }
}
