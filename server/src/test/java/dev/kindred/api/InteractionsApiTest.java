package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionsApiTest {

  private static final String ALL = "/api/v1/interactions";

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
  void what_was_recorded_reads_back_newest_first() throws Exception {
    kindred.post(ALL, "{\"user_id\":\"ann\",\"entity_id\":\"a\",\"interaction_type\":\"view\"}");
    var second =
        kindred.post(
            ALL,
            """
            {"user_id":"ann","entity_id":"b","interaction_type":"purchase","metadata":{"x":1}}
            """);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json().at("/weight").asDouble()).isEqualTo(5.0);
    assertThat(second.at("/entity_type")).isEqualTo("product");

    var history = kindred.get(ALL + "/user/ann").json();
    assertThat(history.isArray()).isTrue();
    assertThat(history.at("/0/entity_id").asString()).isEqualTo("b");
    assertThat(history.at("/0/metadata/x").asInt()).isEqualTo(1);
    assertThat(history.at("/1/entity_id").asString()).isEqualTo("a");
    assertThat(kindred.get(ALL + "/entity/b").json().size()).isEqualTo(1);
  }

  @Test
  void a_rating_counts_what_it_says() throws Exception {
    var rated = kindred.post(ALL, interaction("{\"rating\": 4.5}", ""));
    assertThat(rated.at("/interaction_type")).isEqualTo("rating");
    assertThat(rated.json().at("/weight").asDouble()).isEqualTo(4.5);
    assertThat(
            kindred
                .post(ALL, interaction("{\"custom\":\"share\"}", ""))
                .json()
                .at("/weight")
                .asDouble())
        .isEqualTo(2.5);
  }

  @Test
  void an_unregistered_type_counts_one_and_says_so() throws Exception {
    var waved = kindred.post(ALL, interaction("\"wave\"", ""));
    assertThat(waved.status()).isEqualTo(201);
    assertThat(waved.json().at("/weight").asDouble()).isEqualTo(1.0);
    assertThat(waved.at("/warnings/0")).contains("wave");

    kindred.post("/api/v1/interaction-types", "{\"interaction_type\":\"wave\",\"weight\":7}");
    assertThat(kindred.get(ALL + "/user/ann").json().at("/0/weight").asDouble()).isEqualTo(7.0);
    assertThat(kindred.post(ALL, interaction("\"wave\"", "")).json().has("warnings")).isFalse();
  }

  @Test
  void weights_hold_their_limits_on_both_sides() throws Exception {
    assertThat(kindred.post(ALL, interaction("\"view\"", ",\"weight\":100")).status())
        .isEqualTo(201);
    assertThat(kindred.post(ALL, interaction("\"view\"", ",\"weight\":-100")).status())
        .isEqualTo(201);
    var heavy = kindred.post(ALL, interaction("\"view\"", ",\"weight\":100.5"));
    assertThat(heavy.status()).isEqualTo(400);
    assertThat(heavy.at("/error/details/0/pointer")).isEqualTo("/weight");
    assertThat(heavy.at("/error/message")).contains("between -100 and 100, got 100.5");
  }

  @Test
  void an_event_far_in_the_future_is_refused() throws Exception {
    Instant now = Instant.now();
    assertThat(status(now.plusSeconds(240))).isEqualTo(201);
    assertThat(status(now.plusSeconds(360))).isEqualTo(400);
    assertThat(
            kindred
                .post(ALL, interaction("\"view\"", ",\"timestamp\":1700000000"))
                .at("/timestamp"))
        .isEqualTo("2023-11-14T22:13:20.000000Z");
  }

  private int status(Instant at) throws Exception {
    return kindred.post(ALL, interaction("\"view\"", ",\"timestamp\":\"" + at + "\"")).status();
  }

  @Test
  void the_same_event_id_is_stored_once() throws Exception {
    String event = interaction("\"view\"", ",\"event_id\":\"e-1\"");
    assertThat(kindred.post(ALL, event).status()).isEqualTo(201);
    var again = kindred.post(ALL, event);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().at("/duplicate").asBoolean()).isTrue();
    assertThat(kindred.get(ALL + "/user/ann").json().size()).isEqualTo(1);
  }

  @Test
  void the_same_moment_again_updates_weight_and_metadata() throws Exception {
    String at = ",\"timestamp\":\"2026-01-02T03:04:05.678901Z\"";
    var first = kindred.post(ALL, interaction("\"view\"", at + ",\"weight\":2"));
    var second =
        kindred.post(ALL, interaction("\"view\"", at + ",\"weight\":3,\"metadata\":{\"n\":1}"));
    assertThat(second.at("/id")).isEqualTo(first.at("/id"));
    assertThat(second.position()).isGreaterThan(first.position());
    var history = kindred.get(ALL + "/user/ann").json();
    assertThat(history.size()).isEqualTo(1);
    assertThat(history.at("/0/weight").asDouble()).isEqualTo(3.0);
    assertThat(history.at("/0/timestamp").asString()).isEqualTo("2026-01-02T03:04:05.678901Z");
  }

  @Test
  void an_order_is_one_purchase_an_item_and_stored_once() throws Exception {
    String order =
        """
        {"user_id":"ann","order_id":"o-1","total":30,
         "items":[{"entity_id":"a","quantity":2,"price":5},{"entity_id":"b","price":20}]}
        """;
    var stored = kindred.post(ALL, order);
    assertThat(stored.status()).isEqualTo(201);
    assertThat(stored.json().at("/interactions").size()).isEqualTo(2);
    assertThat(stored.at("/interactions/0/interaction_type")).isEqualTo("purchase");
    assertThat(stored.json().at("/interactions/0/metadata/quantity").asInt()).isEqualTo(2);
    assertThat(kindred.post(ALL, order).status()).isEqualTo(200);
    assertThat(kindred.get(ALL + "/user/ann").json().size()).isEqualTo(2);
  }

  @Test
  void lines_are_taken_in_one_by_one_and_a_bad_one_fails_alone() throws Exception {
    String lines =
        """
        {"user_id":"u1","entity_id":"a","interaction_type":"view"}
        not json
        {"user_id":"u1","interaction_type":"view"}

        {"user_id":"u1","entity_id":"b","interaction_type":"click"}
        """;
    var report = kindred.post(ALL + "/bulk", lines, "Content-Type", "application/x-ndjson");
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.json().at("/successful").asInt()).isEqualTo(2);
    assertThat(report.json().at("/failed").asInt()).isEqualTo(2);
    assertThat(report.json().at("/errors/0/index").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/1/error")).contains("entity_id is required");
    assertThat(kindred.get(ALL + "/user/u1").json().size()).isEqualTo(2);
  }

  @Test
  void an_import_that_is_sent_again_under_its_key_stores_nothing_twice() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append(
          "{\"user_id\":\"u1\",\"entity_id\":\"e%d\",\"interaction_type\":\"view\"}\n"
              .formatted(i));
    }
    for (int sent = 0; sent < 2; sent++) {
      var report =
          kindred.post(
              ALL + "/bulk",
              lines.toString(),
              "Content-Type",
              "application/x-ndjson",
              "Idempotency-Key",
              "import-1");
      assertThat(report.status()).isEqualTo(200);
      assertThat(report.json().at("/successful").asInt()).isEqualTo(5_000);
    }
    assertThat(kindred.get("/api/v1/users/u1").json().at("/interaction_count").asInt())
        .isEqualTo(5_000);
  }

  @Test
  void a_cursor_walks_a_long_history() throws Exception {
    var rows = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      rows.append(
          "{\"user_id\":\"ann\",\"entity_id\":\"e%d\",\"interaction_type\":\"view\",\"timestamp\":%d}\n"
              .formatted(i, 1_700_000_000 + i / 3));
    }
    kindred.post(ALL + "/bulk", rows.toString(), "Content-Type", "application/x-ndjson");
    var seen = new java.util.LinkedHashSet<String>();
    String cursor = "";
    do {
      var page = kindred.get(ALL + "/user/ann?limit=10" + cursor);
      page.json().forEach(one -> seen.add(one.at("/entity_id").asString()));
      String next = page.header("X-Next-Cursor");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertThat(seen).hasSize(25);
  }

  @Test
  void a_line_that_is_refused_is_told_by_its_number_and_what_it_calls_its_entity()
      throws Exception {
    var report =
        kindred.post(
            ALL + "/bulk",
            """
            {"user_id":"ann","entity_id":"boots","interaction_type":"view"}
            {"user_id":"ann","entity_id":"hat","entity_type":"product","interaction_type":"view","weight":1000}
            {"user_id":
            """,
            "Content-Type",
            "application/x-ndjson");
    assertThat(report.json().at("/successful").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/0/index")).isEqualTo("1");
    assertThat(report.at("/errors/0/entity_id")).isEqualTo("hat");
    assertThat(report.at("/errors/0/entity_type")).isEqualTo("product");
    assertThat(report.at("/errors/1/index")).isEqualTo("2");
    assertThat(report.at("/errors/1/error")).startsWith("not valid JSON at column 12");
  }

  @Test
  void what_was_acknowledged_is_there_after_a_restart_and_so_are_idempotency_keys()
      throws Exception {
    String body = interaction("\"view\"", "");
    var first = kindred.post(ALL, body, "Idempotency-Key", "k-1");
    kindred.close();
    kindred = TestKindred.onSqlite(folder, Map.of());
    var again = kindred.post(ALL, body, "Idempotency-Key", "k-1");
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.response().body()).isEqualTo(first.response().body());
    assertThat(again.header("X-Kindred-Position"))
        .isEqualTo(first.header("X-Kindred-Position"))
        .isEqualTo(first.at("/position"));
    assertThat(kindred.get(ALL + "/user/ann").json().size()).isEqualTo(1);
  }

  @Test
  void erasing_a_user_leaves_a_receipt_and_nothing_else() throws Exception {
    kindred.post(ALL, interaction("\"view\"", ""));
    kindred.put("/api/v1/users/ann", "{\"attributes\":{\"age\":30}}");
    var receipt = kindred.delete("/api/v1/users/ann");
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.json().at("/interactions_removed").asInt()).isEqualTo(1);
    assertThat(kindred.get("/api/v1/users/ann").status()).isEqualTo(404);
    assertThat(kindred.get(ALL + "/user/ann").json().size()).isZero();
    assertThat(kindred.get(ALL + "/entity/kettle?entity_type=product").json().size()).isZero();
  }

  private static String interaction(String type, String more) {
    return "{\"user_id\":\"ann\",\"entity_id\":\"kettle\",\"entity_type\":\"product\",\"interaction_type\":%s%s}"
        .formatted(type, more);
  }
}
