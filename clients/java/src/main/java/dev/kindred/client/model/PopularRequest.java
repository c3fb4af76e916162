package dev.kindred.client.model;

import java.util.Map;

/** What is popular with whom. */
public final class PopularRequest extends Fields<PopularRequest> {

  private PopularRequest(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static PopularRequest of(UserParams userParams) {
    return new PopularRequest(Map.of()).with("user_params", userParams);
  }

  @Override
  PopularRequest made(Map<String, Object> values) {
    return new PopularRequest(values);
  }

  /** Only items like this. */
  public PopularRequest filters(StorefrontFilters filters) {
    return with("filters", filters);
  }

  /** Which page. */
  public PopularRequest pagination(StorefrontPaging pagination) {
    return with("pagination", pagination);
  }

  /** What this user liked is left out. */
  public PopularRequest userId(String userId) {
    return with("user_id", userId);
  }
}
