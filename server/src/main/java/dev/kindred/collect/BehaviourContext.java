package dev.kindred.collect;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TimeOfDay;
import dev.kindred.json.Json;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonReader.Kind;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.util.Optional;

/**
 * The circumstances of a behaviour: anything that the caller says, some of which counts.
 *
 * @param experiment whether it names an experiment
 * @param exposure which, and the variant that the user saw
 * @param saysDay whether it says which day of the week it was
 */
record BehaviourContext(
    JsonObject said,
    Optional<TimeOfDay> timeOfDay,
    boolean experiment,
    Optional<Exposure> exposure,
    boolean saysDay) {

  static final BehaviourContext NONE =
      new BehaviourContext(JsonObject.EMPTY, Optional.empty(), false, Optional.empty(), false);

  /** A variant of an experiment. */
  record Exposure(String experiment, String variant) {}

  /** Reads the object that comes next. */
  static BehaviourContext read(JsonReader reader) {
    String place = reader.pointer();
    JsonObject said = reader.object(Limits.METADATA);
    Optional<TimeOfDay> timeOfDay = Optional.empty();
    boolean experiment = false;
    Optional<String> name = Optional.empty();
    Optional<String> variant = Optional.empty();
    boolean saysDay = false;
    byte[] json = said.utf8();
    JsonReader inside = JsonReader.of(json, 0, json.length, place);
    for (var fields = inside.object(); fields.next(); ) {
      switch (fields.name()) {
        case "timeOfDay" -> timeOfDay = Optional.of(inside.string(TimeOfDay::named));
        case "experimentName" -> {
          experiment = inside.kind() != Kind.NULL;
          name = text(inside);
        }
        case "experimentVariant" -> variant = text(inside);
        case "dayOfWeek" -> saysDay = true;
        default -> inside.skip();
      }
    }
    Optional<String> shown = variant;
    Optional<Exposure> exposure = name.flatMap(of -> shown.map(seen -> new Exposure(of, seen)));
    return new BehaviourContext(said, timeOfDay, experiment, exposure, saysDay);
  }

  private static Optional<String> text(JsonReader inside) {
    if (inside.kind() == Kind.STRING) return Optional.of(inside.string());
    inside.skip();
    return Optional.empty();
  }

  /** What was said, and what follows from when it was. */
  JsonObject completed(TimeOfDay part, String day) {
    var derived = new JsonWriter(64).beginObject();
    if (timeOfDay.isEmpty()) derived.field("timeOfDay", part.word());
    if (!saysDay) derived.field("dayOfWeek", day);
    JsonObject more = Json.object(derived.endObject().toByteArray(), Limits.METADATA);
    return Json.merge(said, more, Limits.METADATA);
  }
}
