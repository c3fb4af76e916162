package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntitiesApiTest {

  private static final String KETTLE =
      """
      {"entity_id":"kettle","entity_type":"product",
       "attributes":{"name":"Enamel kettle","price":99,"tags":["red","enamel"]}}
      """;

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
  void a_created_entity_reads_back_as_it_was_sent() throws Exception {
    var created = kindred.post("/api/v1/entities", KETTLE);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.position()).isPositive();
    assertThat(created.json().at("/position").asLong()).isEqualTo(created.position());

    var read = kindred.get("/api/v1/entities/kettle?entity_type=product");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.response().body()).contains("\"price\":99}").doesNotContain("99.0");
    assertThat(read.json().at("/feature_vector").size()).isEqualTo(512);
    assertThat(read.at("/tenant_id")).isEqualTo("default");
  }

  @Test
  void the_type_may_be_left_out_while_one_entity_only_has_the_id() throws Exception {
    kindred.post("/api/v1/entities", KETTLE);
    assertThat(kindred.get("/api/v1/entities/kettle").at("/entity_type")).isEqualTo("product");

    kindred.post("/api/v1/entities", KETTLE.replace("\"product\"", "\"article\""));
    var ambiguous = kindred.get("/api/v1/entities/kettle");
    assertThat(ambiguous.status()).isEqualTo(409);
    assertThat(ambiguous.at("/error/code")).isEqualTo("AMBIGUOUS_ENTITY");
    assertThat(ambiguous.at("/error/message")).contains("article, product");
  }

  @Test
  void creating_it_again_is_a_conflict_unless_an_upsert_is_asked_for() throws Exception {
    kindred.post("/api/v1/entities", KETTLE);
    var again = kindred.post("/api/v1/entities", KETTLE);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/error/code")).isEqualTo("CONFLICT");
    assertThat(kindred.post("/api/v1/entities?upsert=true", KETTLE).status()).isEqualTo(200);
  }

  @Test
  void replacing_forgets_what_is_not_said_again() throws Exception {
    kindred.post("/api/v1/entities", KETTLE);
    var replaced = kindred.put("/api/v1/entities/kettle", "{\"attributes\":{\"price\":10}}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().at("/attributes").toString()).isEqualTo("{\"price\":10}");
  }

  @Test
  void replacing_what_is_not_there_is_a_404_unless_an_upsert_is_asked_for() throws Exception {
    String body = "{\"attributes\":{}}";
    assertThat(kindred.put("/api/v1/entities/pan?entity_type=product", body).status())
        .isEqualTo(404);
    assertThat(kindred.put("/api/v1/entities/pan?entity_type=product&upsert=true", body).status())
        .isEqualTo(201);
  }

  @Test
  void a_patch_merges_attributes_and_null_removes_one() throws Exception {
    kindred.post("/api/v1/entities", KETTLE);
    var patched =
        kindred.patch(
            "/api/v1/entities/kettle", "{\"attributes\":{\"price\":null,\"colour\":\"red\"}}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json().at("/attributes/price").isMissingNode()).isTrue();
    assertThat(patched.at("/attributes/colour")).isEqualTo("red");
    assertThat(patched.at("/attributes/name")).isEqualTo("Enamel kettle");
  }

  @Test
  void a_deleted_entity_is_gone_and_its_interactions_stay_for_the_record() throws Exception {
    kindred.post("/api/v1/entities", KETTLE);
    kindred.post("/api/v1/interactions", view("ann", "kettle"));
    assertThat(kindred.delete("/api/v1/entities/kettle").status()).isEqualTo(204);
    assertThat(kindred.get("/api/v1/entities/kettle").status()).isEqualTo(404);
    assertThat(kindred.get("/api/v1/interactions/user/ann").json().size()).isEqualTo(1);
  }

  @Test
  void the_callers_own_vector_is_kept_as_given() throws Exception {
    kindred.close();
    kindred = TestKindred.onSqlite(folder, Map.of("FEATURE_VECTOR_DIMENSION", "8"));
    String body =
        "{\"entity_id\":\"v\",\"entity_type\":\"t\",\"attributes\":{},\"feature_vector\":[0.1,-2.5,30,0,0,0,0,1]}";
    assertThat(kindred.post("/api/v1/entities", body).status()).isEqualTo(201);
    assertThat(kindred.get("/api/v1/entities/v").response().body())
        .contains("\"feature_vector\":[0.1,-2.5,30.0,0.0,0.0,0.0,0.0,1.0]");

    var wrong = kindred.post("/api/v1/entities", body.replace("0.1,", ""));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.at("/error/message")).contains("8 numbers");
    assertThat(kindred.post("/api/v1/entities", body.replace("30", "1e39")).status())
        .isEqualTo(400);
  }

  @Test
  void equal_attributes_make_equal_vectors_whatever_their_order() throws Exception {
    kindred.post("/api/v1/entities", entity("a", "{\"x\":\"one\",\"y\":2}"));
    kindred.post("/api/v1/entities", entity("b", "{\"y\":2,\"x\":\"one\"}"));
    assertThat(kindred.get("/api/v1/entities/a").json().at("/feature_vector"))
        .isEqualTo(kindred.get("/api/v1/entities/b").json().at("/feature_vector"));
  }

  @Test
  void pages_follow_each_other_without_gap_or_overlap() throws Exception {
    for (int i = 0; i < 7; i++) kindred.post("/api/v1/entities", entity("e" + i, "{}"));
    var seen = new StringBuilder();
    String cursor = "";
    do {
      var page = kindred.get("/api/v1/entities?limit=3" + cursor);
      page.json().at("/entities").forEach(one -> seen.append(one.at("/entity_id").asString()));
      assertThat(page.json().at("/entities/0/feature_vector").isMissingNode()).isTrue();
      String next = page.at("/next_cursor");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertThat(seen.toString()).isEqualTo("e0e1e2e3e4e5e6");
  }

  @Test
  void ids_may_hold_any_character_that_a_path_can_carry() throws Exception {
    var hostile =
        Map.of(
            "a/b",
            "a%2Fb",
            "50%",
            "50%25",
            "x:y",
            "x:y",
            "\uD83D\uDE00",
            "%F0%9F%98%80",
            " ",
            "%20");
    for (var id : hostile.entrySet()) {
      assertThat(kindred.post("/api/v1/entities", entity(id.getKey(), "{}")).status())
          .isEqualTo(201);
      assertThat(kindred.get("/api/v1/entities/" + id.getValue()).at("/entity_id"))
          .isEqualTo(id.getKey());
    }
    assertThat(kindred.post("/api/v1/entities", entity("x".repeat(255), "{}")).status())
        .isEqualTo(201);
    assertThat(kindred.post("/api/v1/entities", entity("x".repeat(256), "{}")).status())
        .isEqualTo(400);
  }

  @Test
  void a_number_is_an_id_too() throws Exception {
    kindred.post(
        "/api/v1/entities", "{\"entity_id\":123,\"entity_type\":\"product\",\"attributes\":{}}");
    assertThat(kindred.get("/api/v1/entities/123").at("/entity_id")).isEqualTo("123");
  }

  @Test
  void limits_on_attributes_hold_on_both_sides() throws Exception {
    assertThat(created("{\"a\":{\"b\":{\"c\":{}}}}")).isEqualTo(201);
    assertThat(created("{\"a\":{\"b\":{\"c\":{\"d\":{}}}}}")).isEqualTo(400);
    assertThat(created("{\"s\":\"" + "x".repeat(10_000) + "\"}")).isEqualTo(201);
    assertThat(created("{\"s\":\"" + "x".repeat(10_001) + "\"}")).isEqualTo(400);
    assertThat(created("{\"a\":[" + "1,".repeat(999) + "1]}")).isEqualTo(201);
    assertThat(created("{\"a\":[" + "1,".repeat(1_000) + "1]}")).isEqualTo(400);
    assertThat(created("{\"" + "k".repeat(255) + "\":1}")).isEqualTo(201);
    assertThat(created("{\"" + "k".repeat(256) + "\":1}")).isEqualTo(400);
    assertThat(created("{\"a\":1,\"a\":2}")).isEqualTo(400);
    assertThat(created("{\"a\":\"\\u0000\"}")).isEqualTo(400);
    assertThat(created("{\"a\":\"\\ud800\"}")).isEqualTo(400);
    assertThat(created("{\"a\":NaN}")).isEqualTo(400);
    assertThat(created("{\"a\":1e400}")).isEqualTo(400);
    assertThat(created("{\"a\":null}")).isEqualTo(201);
  }

  private int created(String attributes) throws Exception {
    kindred.delete("/api/v1/entities/limited");
    return kindred.post("/api/v1/entities", entity("limited", attributes)).status();
  }

  @Test
  void bulk_rows_fail_alone_and_say_why() throws Exception {
    var report =
        kindred.post(
            "/api/v1/entities/bulk",
            """
            {"entities":[
              {"entity_id":"a","entity_type":"product","attributes":{}},
              {"entity_id":"","entity_type":"product","attributes":{}},
              {"entity_id":"c","entity_type":"product","attributes":7},
              {"entity_id":"d","entity_type":"product"}]}
            """);
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.at("/status")).isEqualTo("partially_completed");
    assertThat(report.json().at("/successful").asInt()).isEqualTo(2);
    assertThat(report.json().at("/errors/0/index").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/0/entity_id")).isEmpty();
    assertThat(report.at("/errors/0/entity_type")).isEqualTo("product");
    assertThat(report.json().at("/errors/1/index").asInt()).isEqualTo(2);
    assertThat(report.at("/errors/1/entity_id")).isEqualTo("c");
    assertThat(report.at("/errors/1/entity_type")).isEqualTo("product");
    assertThat(kindred.get("/api/v1/entities/d").status()).isEqualTo(200);

    var job = kindred.get("/api/v1/jobs/" + report.at("/job_id"));
    assertThat(job.at("/status")).isEqualTo("partially_completed");
  }

  @Test
  void an_unknown_field_is_ignored_and_told() throws Exception {
    var created =
        kindred.post(
            "/api/v1/entities",
            "{\"entity_id\":\"e\",\"entity_type\":\"t\",\"attributes\":{},\"colour\":1}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/warnings/0")).contains("/colour");
  }

  @Test
  void tenants_never_see_each_other() throws Exception {
    kindred.post("/api/v1/entities", KETTLE, "X-Tenant-ID", "one");
    assertThat(kindred.get("/api/v1/entities/kettle", "X-Tenant-ID", "one").status())
        .isEqualTo(200);
    assertThat(kindred.get("/api/v1/entities/kettle", "X-Tenant-ID", "two").status())
        .isEqualTo(404);
    assertThat(kindred.get("/api/v1/entities/kettle").status()).isEqualTo(404);
  }

  private static String entity(String id, String attributes) {
    return "{\"entity_id\":\"%s\",\"entity_type\":\"product\",\"attributes\":%s}"
        .formatted(id, attributes);
  }

  private static String view(String user, String entity) {
    return "{\"user_id\":\"%s\",\"entity_id\":\"%s\",\"interaction_type\":\"view\"}"
        .formatted(user, entity);
  }
}
