package dev.kindred.collect;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Measures;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Takes in behaviours: interactions with the circumstances in which they happened. */
public final class BehaviourIntake {

  private static final int REASON_LONGEST = 1_000;

  private final EventClock clock;

  public BehaviourIntake(EventClock clock) {
    this.clock = clock;
  }

  /** Reads the object that comes next. */
  public BehaviourInput read(JsonReader reader) {
    String place = reader.pointer();
    @Nullable UserId user = null;
    @Nullable EntityId content = null;
    @Nullable EntityType mediaType = null;
    @Nullable String action = null;
    @Nullable Instant at = null;
    OptionalDouble duration = OptionalDouble.empty();
    OptionalDouble rating = OptionalDouble.empty();
    OptionalDouble completion = OptionalDouble.empty();
    Optional<String> skipReason = Optional.empty();
    BehaviourContext context = BehaviourContext.NONE;
    Optional<String> eventId = Optional.empty();
    Optional<String> recommendationId = Optional.empty();
    Optional<String> tenant = Optional.empty();
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "userId" -> user = reader.id(UserId::new);
        case "contentId", "tmdbId" -> content = same(reader, content, reader.id(EntityId::new));
        case "mediaType" -> mediaType = reader.string(EntityType::new);
        case "action" -> action = reader.string(InteractionType::requireName);
        case "timestamp" -> at = clock.require(reader.pointer(), reader.time());
        case "sessionDuration" ->
            duration = OptionalDouble.of(reader.number(0, Measures.SECONDS_MAX));
        case "rating" -> rating = OptionalDouble.of(reader.number(0, Measures.RATING_MAX));
        case "completionPercentage" ->
            completion = OptionalDouble.of(reader.number(0, Measures.COMPLETION_MAX));
        case "skipReason" -> skipReason = Optional.of(reason(reader));
        case "contextualData" -> context = BehaviourContext.read(reader);
        case "eventId" -> eventId = Optional.of(reader.id());
        case "recommendationId" -> recommendationId = Optional.of(reader.string());
        case "tenant_id" -> tenant = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    if (user == null) throw Required.field(place, "userId");
    if (content == null) throw Required.field(place, "contentId");
    if (action == null) throw Required.field(place, "action");
    if (action.equals("rated") && rating.isEmpty()) throw Required.field(place, "rating");
    return new BehaviourInput(
        user,
        new EntityRef(content, mediaType),
        action,
        at == null ? clock.next() : at,
        at != null,
        duration,
        rating,
        completion,
        skipReason,
        context,
        eventId,
        recommendationId,
        tenant);
  }

  private static EntityId same(JsonReader reader, @Nullable EntityId before, EntityId now) {
    if (before == null || before.equals(now)) return now;
    throw InvalidRequest.at(
        reader.pointer(),
        "contentId and tmdbId must be the same, got '" + before + "' and '" + now + "'");
  }

  private static String reason(JsonReader reader) {
    String reason = reader.string();
    if (reason.length() <= REASON_LONGEST) return reason;
    throw reader.invalid(
        "skipReason must have at most " + REASON_LONGEST + " characters, got " + reason.length());
  }
}
