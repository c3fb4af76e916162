package dev.kindred.learn;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.judge.Chooser.Choice;
import dev.kindred.engine.judge.Chooser.Share;
import dev.kindred.engine.judge.Chooser.Trial;
import dev.kindred.engine.judge.Quality;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;

/** What is written down of a training: everything tried, how it did, and what was chosen. */
final class ModelReport {
  /** Of an interval that holds the truth in 95 of 100 cases. */
  private static final double DEVIATIONS = 1.96;

  private ModelReport() {}

  static JsonObject of(
      EntityType type, long position, Interactions all, Choice choice, MixSearch.Found mix) {
    var writer = new JsonWriter().beginObject();
    writer.field("entity_type", type.value()).field("position", position);
    writer.name("learned_from").beginObject();
    writer.field("users", all.users()).field("items", all.items()).field("pairs", all.size());
    writer.endObject();
    writer.name("chosen").beginArray();
    for (Share share : choice.shares()) {
      writer.beginObject();
      writer.field("recipe", share.recipe().toString()).field("weight", share.weight());
      writer.endObject();
    }
    writer.endArray();
    writer.field(
        "weights_read", choice.weighing().reading().name().toLowerCase(java.util.Locale.ROOT));
    writer.name("quality");
    write(writer, choice.quality());
    writer.name("tried").beginArray();
    for (Trial trial : choice.trials()) {
      writer.beginObject().field("recipe", trial.recipe().toString());
      writer.name("quality");
      write(writer, trial.quality());
      writer.endObject();
    }
    writer.endArray();
    write(writer, mix);
    writer.field(
        "why",
        "the blend with the greatest sum of NDCG and recall on the latest fifth of each history,"
            + " which nothing was learned from while judging; then learned again from everything");
    return Json.object(writer.endObject().toByteArray(), Limits.SETTINGS);
  }

  private static void write(JsonWriter writer, MixSearch.Found mix) {
    if (mix.tried().isEmpty()) return;
    writer.name("content").beginObject();
    writer.name("share").number(rounded(mix.best()));
    writer.name("tried").beginArray();
    for (MixSearch.Tried tried : mix.tried()) {
      writer.beginObject().name("share").number(rounded(tried.share()));
      writer.name("quality");
      write(writer, tried.quality());
      writer.endObject();
    }
    writer.endArray().endObject();
  }

  private static void write(JsonWriter writer, Quality quality) {
    writer.beginObject();
    writer.field("users", quality.users());
    measure(writer, "ndcg", quality.k(), quality.ndcg(), quality.ndcgError());
    measure(writer, "recall", quality.k(), quality.recall(), quality.recallError());
    writer.field("coverage", quality.coverage());
    writer.endObject();
  }

  private static void measure(JsonWriter writer, String name, int k, double value, double error) {
    writer.name(name + "_at_" + k).beginObject();
    writer.field("value", rounded(value));
    writer.field("low", rounded(Math.max(0, value - DEVIATIONS * error)));
    writer.field("high", rounded(Math.min(1, value + DEVIATIONS * error)));
    writer.endObject();
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }
}
