package dev.kindred.client.model;

import java.util.Map;

/** What a shop says about a visitor. */
public final class VisitorBody extends Fields<VisitorBody> {

  private VisitorBody(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static VisitorBody empty() {
    return new VisitorBody(Map.of());
  }

  @Override
  VisitorBody made(Map<String, Object> values) {
    return new VisitorBody(values);
  }

  /** m or f. */
  public VisitorBody gender(String gender) {
    return with("gender", gender);
  }

  /** A group such as 25-34 or 55+, or an age in years. */
  public VisitorBody ageGroup(String ageGroup) {
    return with("age_group", ageGroup);
  }

  /** The language. */
  public VisitorBody locale(String locale) {
    return with("locale", locale);
  }

  /** Where they are. */
  public VisitorBody geoId(String geoId) {
    return with("geo_id", geoId);
  }
}
