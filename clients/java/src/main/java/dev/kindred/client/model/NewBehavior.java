package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** What a user did and in which circumstances, to be recorded. */
public final class NewBehavior extends Fields<NewBehavior> {

  private NewBehavior(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewBehavior of(String userId, String contentId, String action) {
    return new NewBehavior(Map.of())
        .with("userId", userId)
        .with("contentId", contentId)
        .with("action", action);
  }

  @Override
  NewBehavior made(Map<String, Object> values) {
    return new NewBehavior(values);
  }

  /** Sets {@code mediaType}. */
  public NewBehavior mediaType(String mediaType) {
    return with("mediaType", mediaType);
  }

  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  public NewBehavior timestamp(Instant timestamp) {
    return with("timestamp", timestamp);
  }

  /** In seconds. */
  public NewBehavior sessionDuration(double sessionDuration) {
    return with("sessionDuration", sessionDuration);
  }

  /** Sets {@code rating}. */
  public NewBehavior rating(double rating) {
    return with("rating", rating);
  }

  /** Sets {@code completionPercentage}. */
  public NewBehavior completionPercentage(double completionPercentage) {
    return with("completionPercentage", completionPercentage);
  }

  /** Sets {@code skipReason}. */
  public NewBehavior skipReason(String skipReason) {
    return with("skipReason", skipReason);
  }

  /** Anything; timeOfDay and dayOfWeek are added where they are missing. */
  public NewBehavior contextualData(NewBehaviorContextualData contextualData) {
    return with("contextualData", contextualData);
  }

  /** A text, or a number that is kept as its decimal text. */
  public NewBehavior eventId(String eventId) {
    return with("eventId", eventId);
  }

  /** Sets {@code recommendationId}. */
  public NewBehavior recommendationId(String recommendationId) {
    return with("recommendationId", recommendationId);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewBehavior tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
