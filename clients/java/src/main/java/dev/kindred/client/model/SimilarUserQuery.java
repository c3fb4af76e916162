package dev.kindred.client.model;

import java.util.Map;

/** How to find similar users. */
public final class SimilarUserQuery extends Fields<SimilarUserQuery> {

  private SimilarUserQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static SimilarUserQuery any() {
    return new SimilarUserQuery(Map.of());
  }

  @Override
  SimilarUserQuery made(Map<String, Object> values) {
    return new SimilarUserQuery(values);
  }

  /** How many to a page. */
  public SimilarUserQuery limit(long limit) {
    return with("limit", limit);
  }

  /** What 0.3 of the similarity is; the other 0.7 is how much the titles overlap. */
  public SimilarUserQuery genreTerm(String genreTerm) {
    return with("genreTerm", genreTerm);
  }
}
