package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.api.TestKindred.Reply;
import dev.kindred.store.jdbc.TestDatabase;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What users were shown is kept, tied to what they did then, and goes with them. */
final class ShownListsTest {
  private static final String ANN = "/api/v1/recommendations/user/ann";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void lists_are_kept_followed_told_and_erased_on_sqlite() throws Exception {
    try (var kindred =
        TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error", "EXPOSURE_SAMPLE_RATIO", "1"))) {
      lists_are_kept(kindred);
    }
  }

  @Test
  @Tag(TestServices.TAG)
  void lists_are_kept_followed_told_and_erased_on_postgresql() throws Exception {
    try (var database = TestDatabase.postgresql();
        var kindred =
            TestKindred.start(
                Map.of(
                    "LOG_LEVEL", "error",
                    "DATABASE_URL", database.url(),
                    "EXPOSURE_SAMPLE_RATIO", "1"))) {
      lists_are_kept(kindred);
    }
  }

  @Test
  void with_a_sample_of_none_the_lists_are_the_same() throws Exception {
    String all;
    try (var kindred =
        TestKindred.onSqlite(
            folder.resolve("all"), Map.of("LOG_LEVEL", "error", "EXPOSURE_SAMPLE_RATIO", "1"))) {
      fill(kindred);
      ok(kindred.get(ANN));
      await(kindred, "hybrid", 1, 0);
      all = stable(kindred.get(ANN));
    }
    try (var kindred =
        TestKindred.onSqlite(
            folder.resolve("none"), Map.of("LOG_LEVEL", "error", "EXPOSURE_SAMPLE_RATIO", "0"))) {
      fill(kindred);
      ok(kindred.get(ANN));
      assertThat(stable(kindred.get(ANN))).isEqualTo(all);
      assertThat(kindred.get("/api/v1/models").json().at("/shown")).isEmpty();
    }
  }

  /** Without what is new each time. */
  private static String stable(Reply reply) {
    return ok(reply)
        .response()
        .body()
        .replaceFirst("\"position\":[0-9]*", "")
        .replaceFirst("\"recommendation_id\":\"[^\"]*\"", "")
        .replaceFirst("\"generated_at\":\"[^\"]*\"", "");
  }

  private static void lists_are_kept(TestKindred kindred) throws Exception {
    fill(kindred);
    Reply shown = ok(kindred.get(ANN));
    ok(kindred.get("/api/v1/recommendations/popular"));
    await(kindred, "hybrid", 1, 0);
    await(kindred, "popular", 1, 0);

    String id = shown.at("/recommendation_id");
    happens(kindred, "ann", shown.at("/recommendations/0/entity_id"), id);
    await(kindred, "hybrid", 1, 1);

    JsonNode kept = JsonMapper.shared().readTree(exported(kindred));
    assertThat(kept.at("/recommendation_id").asString()).isEqualTo(id);
    assertThat(kept.at("/algorithm").asString()).isEqualTo("hybrid");
    assertThat(kept.at("/items")).hasSize(shown.json().at("/recommendations").size());
    assertThat(kept.at("/items/0/entity_id").asString())
        .isEqualTo(shown.at("/recommendations/0/entity_id"));
    assertThat(kindred.get("/metrics").response().body())
        .contains("exposures_kept_total 2.0", "exposures_dropped_total 0.0");

    ok(kindred.delete("/api/v1/users/ann"));
    await(kindred, "popular", 1, 0);
    assertThat(tally(kindred, "hybrid")).isNull();
  }

  private static void fill(TestKindred kindred) throws Exception {
    for (String item : new String[] {"boots", "coat", "hat"}) {
      ok(
          kindred.post(
              "/api/v1/entities",
              "{\"entity_id\":\"%s\",\"entity_type\":\"product\",\"attributes\":{}}"
                  .formatted(item)));
    }
    happens(kindred, "ann", "boots", "rec_unknown");
  }

  private static void happens(TestKindred kindred, String user, String item, String list)
      throws Exception {
    Reply stored =
        ok(
            kindred.post(
                "/api/v1/interactions",
                "{\"user_id\":\"%s\",\"entity_id\":\"%s\",\"interaction_type\":\"click\",\"recommendation_id\":\"%s\",\"timestamp\":\"2026-01-02T03:04:05Z\"}"
                    .formatted(user, item, list)));
    assertThat(stored.at("/recommendation_id")).isEqualTo(list);
  }

  private static @Nullable JsonNode tally(TestKindred kindred, String algorithm) throws Exception {
    for (JsonNode each : ok(kindred.get("/api/v1/models")).json().at("/shown")) {
      if (each.at("/algorithm").asString().equals(algorithm)) return each;
    }
    return null;
  }

  /** They are kept off the answer's path, so a moment later. */
  private static void await(TestKindred kindred, String algorithm, int lists, int followed)
      throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode tally = tally(kindred, algorithm);
      boolean isThere =
          tally != null
              && tally.at("/lists").asInt() == lists
              && tally.at("/followed").asInt() == followed;
      if (isThere) return;
      assertThat(System.nanoTime()).as("in time: %s", tally).isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private static String exported(TestKindred kindred) throws Exception {
    var request =
        HttpRequest.newBuilder(kindred.uri("/api/v1/users/ann/export"))
            .header("X-API-Key", TestKindred.KEY)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      byte[] zip = client.send(request, BodyHandlers.ofByteArray()).body();
      var in = new ZipInputStream(new ByteArrayInputStream(zip));
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals("shown.ndjson")) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new AssertionError("no shown.ndjson");
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.response().body()).isBetween(200, 299);
    return reply;
  }
}
