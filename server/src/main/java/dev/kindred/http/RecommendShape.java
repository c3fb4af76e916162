package dev.kindred.http;

import dev.kindred.json.JsonWriter;
import dev.kindred.recommend.CachedRecommender.Served;
import dev.kindred.recommend.Recommendation;
import dev.kindred.recommend.Recommendation.Because;
import dev.kindred.recommend.Recommendation.Explanation;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Missing;
import dev.kindred.recommend.Recommendation.Part;
import dev.kindred.recommend.Request;
import java.time.Instant;
import java.util.List;

/** Lists as JSON. */
final class RecommendShape {
  /** What a usual list takes. */
  static final int USUAL_BYTES = 4_096;

  private static final List<String> NOT_WHOLE =
      List.of(
          "the database did not say in time what is alike, so the list goes without some of it");

  private RecommendShape() {}

  /** What a caller should know of a list that was made without all of what vectors say. */
  static List<String> warnings(boolean isWhole) {
    return isWhole ? List.of() : NOT_WHOLE;
  }

  /** The members of a list's answer, but for those that say whom or what it is for. */
  static void write(
      JsonWriter writer, Request request, Served served, String recommendationId, Instant now) {
    Recommendation made = served.recommendation();
    writer.field("recommendation_id", recommendationId);
    writer.field("algorithm", request.algorithm().word());
    writer.field("count", made.items().size());
    writer.field("cold_start", made.coldStart());
    writer.field("generated_at", now);
    writer.field("position", served.position());
    writer.field("model", made.model());
    writer.field("cache_hit", served.isHit());
    writeItems(writer, "recommendations", served);
    if (made.items().size() < request.count()) {
      writer.name("shortfall").beginObject();
      made.shortfall().forEach(writer::field);
      writer.endObject();
    }
    if (!request.explainMissing().isEmpty()) {
      writer.name("missing").beginArray();
      for (Missing missing : made.missing()) write(writer, missing);
      writer.endArray();
    }
  }

  /** A member with the items of a list; one that was asked for before is kept as it was written. */
  static void writeItems(JsonWriter writer, String name, Served served) {
    writer.name(name);
    if (served.isFormKept()) {
      writer.raw(
          served.formed(made -> writeItems(new JsonWriter(USUAL_BYTES), made).toByteArray()));
    } else {
      var _ = writeItems(writer, served.recommendation());
    }
  }

  private static JsonWriter writeItems(JsonWriter writer, Recommendation made) {
    writer.beginArray();
    for (Item item : made.items()) write(writer, item);
    return writer.endArray();
  }

  static void write(JsonWriter writer, Item item) {
    writer.beginObject();
    writer.field("entity_id", item.id()).field("entity_type", item.type().value());
    writer.name("score").number(item.score());
    writer.field("reason", item.reason().word());
    writer.field("attributes", item.attributes());
    item.explanation().ifPresent(explanation -> write(writer, explanation));
    writer.endObject();
  }

  private static void write(JsonWriter writer, Explanation explanation) {
    writer.name("explanation").beginObject();
    writer.name("parts").beginArray();
    for (Part part : explanation.parts()) {
      writer.beginObject().field("source", part.source().word());
      writer.name("value").number(part.value()).endObject();
    }
    writer.endArray();
    writer.name("because").beginArray();
    for (Because because : explanation.because()) {
      writer.beginObject();
      writer.field("entity_id", because.id()).field("entity_type", because.type().value());
      writer.field("interaction_type", because.interactionType());
      writer.field("timestamp", because.at());
      writer.name("share").number(because.share()).endObject();
    }
    writer.endArray();
    writer.field("neighbours", explanation.neighbours());
    writer.field("sentence", explanation.sentence());
    writer.endObject();
  }

  private static void write(JsonWriter writer, Missing missing) {
    writer.beginObject();
    writer.field("entity_id", missing.id()).field("rule", missing.rule());
    if (missing.rank() > 0) {
      writer.field("rank", missing.rank());
      writer.name("score").number(missing.score());
      writer.name("lacking").number(missing.lacking());
    }
    writer.endObject();
  }
}
