package dev.kindred.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a user did, and in which circumstances.
 *
 * @param members as a client would send them
 */
public record NewBehaviour(Map<String, ?> members) {

  private static final double MILLIS = 1e3;

  public NewBehaviour {
    members = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(members));
  }

  /**
   * A user did something with content, just now.
   *
   * @param action {@code viewed}, {@code completed}, {@code skipped}, {@code rated}, {@code liked},
   *     {@code shared}, or one of your own
   */
  public static NewBehaviour of(String userId, String contentId, String action) {
    return new NewBehaviour(Map.of("userId", userId, "contentId", contentId, "action", action));
  }

  /** The same, where several entities have the id. */
  public NewBehaviour withType(String mediaType) {
    return with("mediaType", mediaType);
  }

  public NewBehaviour at(Instant time) {
    return with("timestamp", time);
  }

  /** The same, rated from 0 to 10. */
  public NewBehaviour rating(double rating) {
    return with("rating", rating);
  }

  /** The same, taken in so far, from 0 to 100 per cent. */
  public NewBehaviour completion(double percent) {
    return with("completionPercentage", percent);
  }

  public NewBehaviour lasting(Duration session) {
    return with("sessionDuration", session.toMillis() / MILLIS);
  }

  /** The same with more about its circumstances: {@code device}, {@code location}, anything. */
  public NewBehaviour context(Map<String, ?> context) {
    return with("contextualData", context);
  }

  /** The same under a name of the caller's own: a second one with it is kept once. */
  public NewBehaviour eventId(String id) {
    return with("eventId", id);
  }

  private NewBehaviour with(String name, Object value) {
    var more = new LinkedHashMap<String, Object>(members);
    more.put(name, value);
    return new NewBehaviour(more);
  }
}
