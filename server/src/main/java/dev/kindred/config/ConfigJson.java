package dev.kindred.config;

import dev.kindred.config.ConfigValues.Shown;
import dev.kindred.config.LiveConfig.Reading;
import dev.kindred.json.JsonWriter;

/** The configuration in force as JSON, each value with its source, secrets masked. */
public final class ConfigJson {

  private ConfigJson() {}

  /** The whole of it: where it was read and how that went, and every key. */
  public static byte[] of(LiveConfig config) {
    var json = new JsonWriter().beginObject();
    json.name("file");
    config.file().ifPresentOrElse(file -> json.string(file.toString()), json::nothing);
    json.name("last_reading");
    write(json, config.lastReading());
    json.name("config").beginArray();
    for (Shown value : config.shown()) write(json, value);
    return json.endArray().endObject().toByteArray();
  }

  /** What became of a reading. */
  public static byte[] of(Reading reading) {
    var json = new JsonWriter();
    write(json, reading);
    return json.toByteArray();
  }

  private static void write(JsonWriter json, Reading reading) {
    json.beginObject();
    json.field("status", reading.succeeded() ? "ok" : "refused");
    json.field("at", reading.at());
    json.name("changed").strings(reading.changed());
    json.name("need_restart").strings(reading.needRestart());
    json.name("problems").strings(reading.problems());
    json.endObject();
  }

  private static void write(JsonWriter json, Shown shown) {
    Setting<?> setting = shown.setting();
    json.beginObject().field("name", setting.name()).name("value");
    switch (shown.parsed()) {
      case Integer number -> json.number(number.longValue());
      case Double number -> json.number(number.doubleValue());
      case Boolean truth -> json.bool(truth);
      case Object _ when shown.value().isEmpty() -> json.nothing();
      default -> json.string(shown.value());
    }
    json.field("source", shown.source().word());
    json.field("reloadable", setting.isLive());
    json.field("allowed", setting.allowed());
    json.field("meaning", setting.meaning()).endObject();
  }
}
