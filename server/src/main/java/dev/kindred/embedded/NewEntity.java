package dev.kindred.embedded;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is said of an entity.
 *
 * @param members as a client would send them
 */
public record NewEntity(Map<String, ?> members) {

  public NewEntity {
    members = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(members));
  }

  /**
   * An entity that may always be recommended.
   *
   * @param attributes anything that is JSON: maps, lists, texts, numbers, booleans, null
   */
  public static NewEntity of(String type, String id, Map<String, ?> attributes) {
    return new NewEntity(Map.of("entity_type", type, "entity_id", id, "attributes", attributes));
  }

  /** The same, recommended from then on. */
  public NewEntity availableFrom(Instant time) {
    return with("available_from", time);
  }

  /** The same, recommended until then. */
  public NewEntity availableUntil(Instant time) {
    return with("available_until", time);
  }

  /** The same with a vector of the caller's own, as long as FEATURE_VECTOR_DIMENSION says. */
  public NewEntity vector(float... numbers) {
    return with("feature_vector", numbers.clone());
  }

  private NewEntity with(String name, Object value) {
    var more = new LinkedHashMap<String, Object>(members);
    more.put(name, value);
    return new NewEntity(more);
  }
}
