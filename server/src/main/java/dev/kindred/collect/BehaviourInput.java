package dev.kindred.collect;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.TimeOfDay;
import dev.kindred.domain.UserId;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a caller says that a user did, and in which circumstances.
 *
 * @param action as the caller calls it
 * @param duration of the session, in seconds
 * @param completion how much of it was taken in, in per cent
 * @param context everything else that was said about the circumstances
 * @param tenant whose it is, where the caller says so here
 */
public record BehaviourInput(
    UserId user,
    EntityRef content,
    String action,
    Instant at,
    boolean atGiven,
    OptionalDouble duration,
    OptionalDouble rating,
    OptionalDouble completion,
    Optional<String> skipReason,
    BehaviourContext context,
    Optional<String> eventId,
    Optional<String> recommendationId,
    Optional<String> tenant) {

  /** The type of interaction that an action is; another name is a type of its own. */
  public static String typeOf(String action) {
    return switch (action) {
      case "viewed" -> "view";
      case "completed" -> InteractionType.COMPLETE;
      case "skipped" -> InteractionType.SKIP;
      case "rated" -> InteractionType.RATING;
      case "liked" -> "like";
      case "shared" -> "share";
      default -> action;
    };
  }

  /**
   * The interaction that it is.
   *
   * @param zone in which the tenant's users live, where they do not say when of the day it was
   */
  public Interaction interaction(ZoneId zone) {
    String type = typeOf(action);
    ZonedDateTime local = at.atZone(zone);
    TimeOfDay part = context.timeOfDay().orElseGet(() -> TimeOfDay.of(local.toLocalTime()));
    OptionalDouble weight = type.equals(InteractionType.RATING) ? rating : OptionalDouble.empty();
    return new Interaction(
        user,
        content,
        type,
        weight,
        metadata(part, local),
        at,
        atGiven,
        eventId,
        recommendationId,
        new Measures(
            (int) micros(rating),
            (int) micros(completion),
            micros(duration),
            part.code(),
            context.experiment(),
            recommendationId.isPresent()));
  }

  /** What is to be kept: the interaction, and that the user came into the experiment it names. */
  public List<Change> changes(ZoneId zone) {
    var interaction = new Change.RecordInteraction(interaction(zone));
    return context
        .exposure()
        .<List<Change>>map(exposure ->
            List.of(
                interaction,
                new Change.RecordExposure(
                    exposure.experiment(), user, Optional.of(exposure.variant()), at)))
        .orElseGet(() -> List.of(interaction));
  }

  private static long micros(OptionalDouble value) {
    return value.isPresent()
        ? Math.round(value.getAsDouble() * Measures.MICROS)
        : Measures.NOT_SAID;
  }

  /** What is kept beside the interaction, for those who read it again. */
  private JsonObject metadata(TimeOfDay part, ZonedDateTime local) {
    var writer = new JsonWriter(512).beginObject();
    writer.field("action", action);
    duration.ifPresent(seconds -> writer.field("sessionDuration", seconds));
    rating.ifPresent(value -> writer.field("rating", value));
    completion.ifPresent(value -> writer.field("completionPercentage", value));
    skipReason.ifPresent(reason -> writer.field("skipReason", reason));
    String day = local.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ROOT);
    writer.field("contextualData", context.completed(part, day.toLowerCase(Locale.ROOT)));
    return Json.object(writer.endObject().toByteArray(), Limits.METADATA);
  }
}
