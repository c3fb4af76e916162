package dev.kindred.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in and out over HTTP. */
class TransferApiTest {

  private static final String[] CSV = {"Content-Type", "text/csv"};
  private static final String RATINGS =
      "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n1,32,five,1260759145\n";

  @TempDir private Path folder;
  private TestKindred kindred;

  @BeforeEach
  void start() {
    kindred = TestKindred.onSqlite(folder, Map.of());
  }

  @AfterEach
  void stop() {
    kindred.close();
  }

  @Test
  void a_file_is_taken_in_and_stands_in_the_history_of_jobs() throws Exception {
    var taken = kindred.send("POST", "/api/v1/import?file_name=ratings.csv", RATINGS, CSV);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.at("/status")).isEqualTo("partially_completed");
    assertThat(taken.at("/stored")).isEqualTo("1");
    assertThat(taken.at("/errors/0/line")).isEqualTo("3");
    assertThat(taken.at("/errors/0/error")).contains("must be a number, got 'five'");
    assertThat(taken.position()).isPositive();
    var job = kindred.get("/api/v1/jobs/" + taken.at("/job_id"));
    assertThat(job.at("/kind")).isEqualTo("import");
    assertThat(job.at("/failed")).isEqualTo("1");
    assertThat(kindred.get("/api/v1/interactions/user/1").at("/0/weight")).isEqualTo("2.5");
  }

  @Test
  void a_dry_run_keeps_nothing() throws Exception {
    var taken = kindred.send("POST", "/api/v1/import?dry_run=true", RATINGS, CSV);
    assertThat(taken.at("/dry_run")).isEqualTo("true");
    assertThat(taken.json().at("/mapping").toString()).contains("userId -> user_id");
    assertThat(kindred.get("/api/v1/users/1").status()).isEqualTo(404);
  }

  @Test
  void an_import_sent_again_under_its_key_keeps_nothing_twice() throws Exception {
    String csv = "user_id,entity_id,interaction_type\nann,a,view\nann,b,view\n";
    String[] headers = {"Content-Type", "text/csv", "Idempotency-Key", "k"};
    var first = kindred.send("POST", "/api/v1/import", csv, headers);
    var again = kindred.send("POST", "/api/v1/import", csv, headers);
    assertThat(again.at("/job_id")).isEqualTo(first.at("/job_id"));
    assertThat(kindred.get("/api/v1/users/ann").at("/interaction_count")).isEqualTo("2");
  }

  @Test
  void columns_are_named_in_the_query_and_bytes_tell_how_a_file_is_packed() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("who|what\nann|a\n".getBytes(UTF_8));
    }
    String query =
        "?map=user_id=who,entity_id=what&fill=interaction_type=view&fill=entity_type=book";
    var taken = post("/api/v1/import" + query, packed.toByteArray());
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertThat(kindred.get("/api/v1/interactions/user/ann").at("/0/entity_type")).isEqualTo("book");
  }

  @Test
  void what_is_no_file_is_refused_and_says_why() throws Exception {
    assertThat(kindred.post("/api/v1/import", "{}").status()).isEqualTo(415);
    var unknown = kindred.send("POST", "/api/v1/import", "a,b\n1,2\n", CSV);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.at("/error/message")).contains("there are a, b; name them");
    var preset = kindred.send("POST", "/api/v1/import?preset=x", "a\n", CSV);
    assertThat(preset.at("/error/message")).contains("preset must be one of movielens");
    var broken = post("/api/v1/import", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.body()).contains("the file is not whole");
  }

  @Test
  void exports_come_in_three_formats() throws Exception {
    fill();
    var json = kindred.get("/api/v1/export/entities");
    assertThat(json.at("/entities/1/attributes/name")).isEqualTo("b, c");
    assertThat(json.json().at("/entities").size()).isEqualTo(2);
    var csv = kindred.get("/api/v1/export/entities?format=csv");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"entities.csv\"");
    assertThat(csv.response().body().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("entity_id,entity_type,attributes,"),
            line -> assertThat(line).startsWith("'=1+1,product,\"{\"\"price\"\":-1}\",,,2"),
            line -> assertThat(line).startsWith("b,product,\"{\"\"name\"\":\"\"b, c\"\"}\",,,2"));
    var lines = kindred.get("/api/v1/export/interactions?format=ndjson").response().body();
    assertThat(lines.lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"weight\":2.5").contains("\"event_id\":\"e\""),
            line -> assertThat(line).doesNotContain("weight"));
    assertThat(kindred.get("/api/v1/export/users").json().at("/users").size()).isEqualTo(1);
  }

  @Test
  void exports_are_filtered() throws Exception {
    fill();
    String interactions = "/api/v1/export/interactions";
    assertThat(count(interactions + "?start_date=2026-01-02", "interactions")).isEqualTo(1);
    assertThat(count(interactions + "?end_date=2026-01-01", "interactions")).isEqualTo(1);
    assertThat(count(interactions + "?entity_type=film", "interactions")).isZero();
    assertThat(count("/api/v1/export/entities?entity_type=product", "entities")).isEqualTo(2);
    assertThat(count("/api/v1/export/entities?last_modified_after=2100-01-01", "entities"))
        .isZero();
    var vector = kindred.get("/api/v1/export/entities?include_vectors=true").json();
    assertThat(vector.at("/entities/0/feature_vector").size()).isEqualTo(512);
    var refused = kindred.get(interactions + "?start_date=yesterday");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/error/details/0/pointer")).isEqualTo("start_date");
  }

  @Test
  void all_that_is_known_about_a_user_comes_as_a_zip() throws Exception {
    fill();
    var zip = read("/api/v1/users/ann/export");
    assertThat(zip.keySet())
        .containsExactly(
            "behaviours_past.ndjson",
            "experiments.ndjson",
            "interactions.ndjson",
            "profile.ndjson",
            "shown.ndjson");
    assertThat(zip.get("profile.ndjson")).contains("\"attributes\":{\"city\":\"Rome\"}");
    assertThat(zip.get("interactions.ndjson")).hasLineCount(2);
    assertThat(kindred.get("/api/v1/users/bob/export").at("/error/code"))
        .isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void the_zip_holds_conversions_and_sums_of_what_is_too_old_to_be_kept_one_by_one()
      throws Exception {
    String experiments = "/api/v1/experiments";
    String design =
        "{\"name\":\"e\",\"start\":true,\"targetMetrics\":[\"bought\",\"seen\"],\"variants\":["
            + "{\"name\":\"a\",\"weight\":50},{\"name\":\"b\",\"weight\":50}]}";
    assertThat(kindred.post(experiments, design).status()).isEqualTo(201);
    var exposed = kindred.post(experiments + "/e/assign", "{\"userId\":\"ann\"}");
    for (double value : new double[] {2.5, 4}) {
      String said = "{\"userId\":\"ann\",\"metricName\":\"bought\",\"value\":%s}".formatted(value);
      assertThat(kindred.post(experiments + "/e/conversion", said).status()).isEqualTo(201);
    }
    for (int rating : new int[] {7, 8}) {
      long then = Instant.now().minus(100L + rating, ChronoUnit.DAYS).getEpochSecond();
      var kept =
          kindred.post(
              "/api/v1/behaviors",
              "{\"userId\":\"ann\",\"contentId\":\"b\",\"action\":\"viewed\",\"rating\":%d,\"timestamp\":%d}"
                  .formatted(rating, then));
      assertThat(kept.status()).as(kept.response().body()).isEqualTo(201);
    }
    String job = kindred.post("/api/v1/admin/cleanup", "{}").header("Location");
    assertThat(kindred.ended(job).at("/status").asString()).isEqualTo("completed");

    var zip = read("/api/v1/users/ann/export");
    assertThat(zip.get("interactions.ndjson")).isEmpty();
    assertThat(zip.getOrDefault("behaviours_past.ndjson", "").lines().toList())
        .satisfiesExactly(line ->
            assertThat(line)
                .startsWith("{\"entity_id\":\"b\",")
                .contains("\"interaction_type\":\"view\",\"count\":2,")
                .contains("\"ratings\":2,\"ratings_sum\":15.0,"));
    assertThat(zip.getOrDefault("experiments.ndjson", "").lines().toList())
        .satisfiesExactly(line ->
            assertThat(line)
                .contains("\"variant\":\"" + exposed.at("/variant") + "\"")
                .contains("\"conversions\":[{\"metric\":\"bought\",\"times\":2,\"value\":6.5}]"));

    var merged = kindred.post("/api/v1/users/eve/merge", "{\"from\":\"ann\"}");
    assertThat(merged.status()).as(merged.response().body()).isEqualTo(201);
    assertThat(read("/api/v1/users/ann/export").get("behaviours_past.ndjson")).isEmpty();
    assertThat(read("/api/v1/users/eve/export").get("behaviours_past.ndjson"))
        .isEqualTo(zip.get("behaviours_past.ndjson"));
  }

  private void fill() throws Exception {
    kindred.post(
        "/api/v1/entities",
        "{\"entity_id\":\"=1+1\",\"entity_type\":\"product\",\"attributes\":{\"price\":-1}}");
    kindred.post(
        "/api/v1/entities",
        "{\"entity_id\":\"b\",\"entity_type\":\"product\",\"attributes\":{\"name\":\"b, c\"}}");
    kindred.put("/api/v1/users/ann", "{\"attributes\":{\"city\":\"Rome\"}}");
    kindred.post(
        "/api/v1/interactions",
        "{\"user_id\":\"ann\",\"entity_id\":\"b\",\"interaction_type\":\"view\",\"weight\":2.5,\"event_id\":\"e\",\"timestamp\":\"2026-01-01T10:00:00Z\"}");
    kindred.post(
        "/api/v1/interactions",
        "{\"user_id\":\"ann\",\"entity_id\":\"b\",\"interaction_type\":\"view\",\"timestamp\":\"2026-01-02T10:00:00Z\"}");
  }

  private int count(String path, String field) throws Exception {
    return kindred.get(path).json().at("/" + field).size();
  }

  private Map<String, String> read(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(kindred.uri(path)).header("X-API-Key", TestKindred.KEY);
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      var files = new TreeMap<String, String>();
      var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()));
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
      return files;
    }
  }

  private HttpResponse<String> post(String path, byte[] body) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(kindred.uri(path))
              .header("X-API-Key", TestKindred.KEY)
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofByteArray(body));
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
