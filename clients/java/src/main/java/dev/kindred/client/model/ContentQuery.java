package dev.kindred.client.model;

import java.util.Map;

/** Which of several contents with an id is meant. */
public final class ContentQuery extends Fields<ContentQuery> {

  private ContentQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ContentQuery any() {
    return new ContentQuery(Map.of());
  }

  @Override
  ContentQuery made(Map<String, Object> values) {
    return new ContentQuery(values);
  }

  /** Which of several with that id is meant. */
  public ContentQuery mediaType(String mediaType) {
    return with("mediaType", mediaType);
  }

  /** How many to list. */
  public ContentQuery limit(int limit) {
    return with("limit", limit);
  }
}
