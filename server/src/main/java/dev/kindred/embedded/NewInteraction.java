package dev.kindred.embedded;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a user did.
 *
 * @param members as a client would send them
 */
public record NewInteraction(Map<String, ?> members) {

  public NewInteraction {
    members = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(members));
  }

  /**
   * A user did something with an entity, just now.
   *
   * @param type for example {@code view}, {@code purchase} or one of your own
   */
  public static NewInteraction of(String userId, String entityId, String type) {
    return new NewInteraction(
        Map.of("user_id", userId, "entity_id", entityId, "interaction_type", type));
  }

  /** The same, where several entities have the id. */
  public NewInteraction withType(String entityType) {
    return with("entity_type", entityType);
  }

  /** The same, counting as much instead of as its type. */
  public NewInteraction weight(double weight) {
    return with("weight", weight);
  }

  public NewInteraction at(Instant time) {
    return with("timestamp", time);
  }

  /** The same under a name of the caller's own: a second one with it is kept once. */
  public NewInteraction eventId(String id) {
    return with("event_id", id);
  }

  /** The same, done with what a list had shown. */
  public NewInteraction recommendedBy(String recommendationId) {
    return with("recommendation_id", recommendationId);
  }

  public NewInteraction metadata(Map<String, ?> metadata) {
    return with("metadata", metadata);
  }

  private NewInteraction with(String name, Object value) {
    var more = new LinkedHashMap<String, Object>(members);
    more.put(name, value);
    return new NewInteraction(more);
  }
}
