package dev.kindred.client.model;

import java.util.Map;

/** Which interactions to read. */
public final class InteractionQuery extends Fields<InteractionQuery> {

  private InteractionQuery(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static InteractionQuery all() {
    return new InteractionQuery(Map.of());
  }

  @Override
  InteractionQuery made(Map<String, Object> values) {
    return new InteractionQuery(values);
  }

  /** May be left out where exactly one entity has that id. */
  public InteractionQuery entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** How many to a page. */
  public InteractionQuery limit(int limit) {
    return with("limit", limit);
  }

  /** How many to skip. */
  public InteractionQuery offset(int offset) {
    return with("offset", offset);
  }

  /** Where the page before ended. */
  public InteractionQuery cursor(String cursor) {
    return with("cursor", cursor);
  }
}
