package dev.kindred.client.model;

import java.util.Map;

/** Who somebody is, as far as a shop knows. */
public final class UserParams extends Fields<UserParams> {

  private UserParams(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static UserParams of(String geoId) {
    return new UserParams(Map.of()).with("geo_id", geoId);
  }

  @Override
  UserParams made(Map<String, Object> values) {
    return new UserParams(values);
  }

  /** m, f or any. */
  public UserParams gender(String gender) {
    return with("gender", gender);
  }

  /** A group such as 25-34 or 55+, or an age in years. */
  public UserParams age(String age) {
    return with("age", age);
  }

  /** What they look at. */
  public UserParams category(String category) {
    return with("category", category);
  }
}
