package dev.kindred.client.model;

import java.util.Map;

/** What somebody should see next. */
public final class PersonalizedRequest extends Fields<PersonalizedRequest> {

  private PersonalizedRequest(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static PersonalizedRequest of(String userId, String geoId) {
    return new PersonalizedRequest(Map.of()).with("user_id", userId).with("geo_id", geoId);
  }

  @Override
  PersonalizedRequest made(Map<String, Object> values) {
    return new PersonalizedRequest(values);
  }

  /** Only items like this. */
  public PersonalizedRequest filters(StorefrontFilters filters) {
    return with("filters", filters);
  }

  /** Which page. */
  public PersonalizedRequest pagination(StorefrontPaging pagination) {
    return with("pagination", pagination);
  }
}
