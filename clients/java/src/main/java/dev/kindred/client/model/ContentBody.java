package dev.kindred.client.model;

import java.util.List;
import java.util.Map;

/** What is said about content. */
public final class ContentBody extends Fields<ContentBody> {

  private ContentBody(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ContentBody empty() {
    return new ContentBody(Map.of());
  }

  @Override
  ContentBody made(Map<String, Object> values) {
    return new ContentBody(values);
  }

  /** Sets {@code mediaType}. */
  public ContentBody mediaType(String mediaType) {
    return with("mediaType", mediaType);
  }

  /** Sets {@code title}. */
  public ContentBody title(String title) {
    return with("title", title);
  }

  /** Sets {@code genres}. */
  public ContentBody genres(List<String> genres) {
    return with("genres", genres);
  }

  /** Whose it is; for keys that open all tenants. */
  public ContentBody tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
