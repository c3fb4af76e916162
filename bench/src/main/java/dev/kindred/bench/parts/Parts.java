package dev.kindred.bench.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.collect.features.CatalogueSample;
import dev.kindred.collect.features.FeatureStatistics;
import dev.kindred.collect.features.FeatureVectors;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Times what every write goes through: reading JSON, its canonical form, vectors, answers. */
public final class Parts {

  private static final int PRODUCTS = 1_000;

  private Parts() {}

  public static int run(List<String> arguments) {
    byte[][] sent = Products.attributes(PRODUCTS);
    var kept = new JsonObject[PRODUCTS];
    for (int i = 0; i < PRODUCTS; i++) kept[i] = Json.object(sent[i], Limits.ATTRIBUTES);
    System.out.printf(
        "attributes of %d products, %d bytes on average%n",
        PRODUCTS, Arrays.stream(sent).mapToInt(json -> json.length).sum() / PRODUCTS);
    json(sent, kept);
    vectors(kept);
    answers(kept);
    return 0;
  }

  private static void json(byte[][] sent, JsonObject[] kept) {
    var jackson = new JsonFactory();
    Stopwatch.measure(
        "JSON, tokens and texts only, by Jackson", sent, json -> tokens(jackson, json));
    Stopwatch.measure(
        "JSON, checked",
        sent,
        json -> {
          JsonReader.of(json).skip();
          return json.length;
        });
    Stopwatch.measure(
        "JSON, canonical form of what was sent",
        sent,
        json -> Json.object(json, Limits.ATTRIBUTES).utf8().length);
    JsonObject patch = Json.object("{\"price\": 9.99, \"sale\": true}", Limits.ATTRIBUTES);
    Stopwatch.measure(
        "JSON, merge patch",
        kept,
        object -> Json.merge(object, patch, Limits.ATTRIBUTES).utf8().length);
    byte[][] interactions = {
      """
      {"user_id": "user-4711", "entity_id": "product-12345", "entity_type": "product",\
       "interaction_type": "view", "timestamp": "2026-01-02T03:04:05.678Z"}\
      """
          .getBytes(UTF_8)
    };
    Stopwatch.measure("JSON, the fields of an interaction", interactions, Parts::fields);
  }

  private static long tokens(JsonFactory jackson, byte[] json) {
    long length = 0;
    try (var parser = jackson.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) length += parser.getString().length();
      }
    }
    return length;
  }

  private static long fields(byte[] json) {
    var reader = JsonReader.of(json);
    var fields = reader.object();
    long sum = 0;
    while (fields.next()) {
      sum +=
          switch (fields.name()) {
            case "user_id", "entity_id" -> reader.id().length();
            case "timestamp" -> reader.time().toEpochMilli();
            default -> reader.string().length();
          };
    }
    return sum;
  }

  private static void vectors(JsonObject[] kept) {
    var vectors = new FeatureVectors(512);
    FeatureStatistics initial = FeatureStatistics.initial();
    FeatureStatistics learned = learned(kept, initial);
    Stopwatch.measure("vector, nothing known", kept, object -> sum(vectors.of(object, initial)));
    Stopwatch.measure("vector, catalogue known", kept, object -> sum(vectors.of(object, learned)));
    int places = 0;
    for (JsonObject object : kept) {
      for (float value : vectors.of(object, learned)) if (value != 0) places++;
    }
    System.out.printf("places taken of a vector's 512: %d on average%n", places / kept.length);
    JsonObject[][] catalogue = {kept};
    Stopwatch.measure(
        "statistics of %d products".formatted(kept.length),
        catalogue,
        objects -> learned(objects, initial).version());
  }

  private static FeatureStatistics learned(JsonObject[] kept, FeatureStatistics before) {
    var sample = new CatalogueSample();
    for (int i = 0; i < kept.length; i++) sample.add(EntityKey.of("product", "p" + i), kept[i]);
    return sample.after(before);
  }

  private static long sum(float[] vector) {
    return Float.floatToIntBits(vector[vector.length / 2]);
  }

  private static void answers(JsonObject[] kept) {
    var writer = new JsonWriter();
    Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
    Stopwatch.measure("answer, one entity", kept, object -> entity(writer.clear(), object, now));
    float[][] vectors = new float[100][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new FeatureVectors(512).of(kept[i], FeatureStatistics.initial());
    }
    Stopwatch.measure("answer, a vector", vectors, vector -> writer.clear().numbers(vector).size());
  }

  private static long entity(JsonWriter writer, JsonObject attributes, Instant now) {
    return writer
        .beginObject()
        .field("entity_id", "product-12345")
        .field("entity_type", "product")
        .field("tenant_id", "default")
        .field("attributes", attributes)
        .field("created_at", now)
        .field("updated_at", now)
        .endObject()
        .size();
  }
}
