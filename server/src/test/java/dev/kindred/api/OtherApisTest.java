package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.InteractionType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types, users, keys, tenants and jobs. */
class OtherApisTest {

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
  void types_are_registered_changed_and_forgotten() throws Exception {
    String all = "/api/v1/interaction-types";
    var created =
        kindred.post(
            all, "{\"interaction_type\":\"wave\",\"default_weight\":3.0,\"half_life_days\":30}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(kindred.post(all, "{\"interaction_type\":\"wave\",\"weight\":4}").status())
        .isEqualTo(200);
    assertThat(kindred.put(all + "/wave", "{\"weight\":5.0}").json().at("/weight").asDouble())
        .isEqualTo(5.0);
    int builtIn = InteractionType.builtInNames().size();
    assertThat(kindred.get(all).json().at("/total").asInt()).isEqualTo(builtIn + 1);
    assertThat(kindred.delete(all + "/wave").status()).isEqualTo(204);
    var gone = kindred.get(all + "/wave");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.at("/error/code")).isEqualTo("INTERACTION_TYPE_NOT_FOUND");
  }

  @Test
  void a_users_attributes_are_replaced_as_a_whole() throws Exception {
    assertThat(kindred.put("/api/v1/users/ann", "{\"attributes\":{\"a\":1}}").status())
        .isEqualTo(201);
    assertThat(kindred.put("/api/v1/users/ann", "{\"attributes\":{\"b\":2}}").status())
        .isEqualTo(200);
    assertThat(kindred.get("/api/v1/users/ann").json().at("/attributes").toString())
        .isEqualTo("{\"b\":2}");
    assertThat(kindred.get("/api/v1/users/nobody").at("/error/code")).isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void an_unknown_user_is_merged_into_a_known_one_and_back() throws Exception {
    String view = "{\"user_id\":\"anon\",\"entity_id\":\"a\",\"interaction_type\":\"view\"}";
    kindred.post("/api/v1/interactions", view);
    var merged = kindred.post("/api/v1/users/ann/merge", "{\"from\":\"anon\"}");
    assertThat(merged.status()).isEqualTo(201);
    assertThat(merged.at("/interactions_moved")).isEqualTo("1");
    assertThat(kindred.get("/api/v1/users/ann").at("/interaction_count")).isEqualTo("1");
    String merge = merged.at("/merge_id");
    assertThat(kindred.get("/api/v1/users/ann/merges").at("/merges/0/merge_id")).isEqualTo(merge);
    assertThat(kindred.delete("/api/v1/users/bob/merges/" + merge).status()).isEqualTo(404);
    var undone = kindred.delete("/api/v1/users/ann/merges/" + merge);
    assertThat(undone.at("/undone_at")).isNotEmpty();
    assertThat(kindred.get("/api/v1/users/anon").at("/interaction_count")).isEqualTo("1");
    assertThat(kindred.delete("/api/v1/users/ann/merges/" + merge).status()).isEqualTo(409);
    assertThat(kindred.post("/api/v1/users/ann/merge", "{\"from\":\"nobody\"}").status())
        .isEqualTo(404);
    var themselves = kindred.post("/api/v1/users/ann/merge", "{\"from\":\"ann\"}");
    assertThat(themselves.at("/error/message")).contains("cannot be merged into themselves");
  }

  @Test
  void a_new_key_opens_its_tenant_only_until_it_is_revoked() throws Exception {
    var made =
        kindred.post(
            "/api/v1/keys", "{\"kind\":\"server\",\"tenant_id\":\"one\",\"name\":\"till\"}");
    assertThat(made.status()).isEqualTo(201);
    String secret = made.at("/key");
    var types = kindred.get("/api/v1/interaction-types", "X-API-Key", secret);
    assertThat(types.status()).isEqualTo(200);
    assertThat(types.at("/interaction_types/0/tenant_id")).isEqualTo("one");
    assertThat(kindred.get("/api/v1/keys", "X-API-Key", secret).status()).isEqualTo(403);
    assertThat(kindred.get("/api/v1/keys").response().body()).doesNotContain(secret);

    assertThat(kindred.delete("/api/v1/keys/" + made.at("/key_id")).status()).isEqualTo(204);
    assertThat(kindred.get("/api/v1/interaction-types", "X-API-Key", secret).status())
        .isEqualTo(401);
  }

  @Test
  void a_repeated_answer_does_not_hold_the_secret_of_a_key() throws Exception {
    String body = "{\"kind\":\"server\"}";
    var first = kindred.post("/api/v1/keys", body, "Idempotency-Key", "k");
    var again = kindred.post("/api/v1/keys", body, "Idempotency-Key", "k");
    assertThat(first.at("/key")).isNotEmpty();
    assertThat(again.json().at("/key").isNull()).isTrue();
    assertThat(again.at("/key_id")).isEqualTo(first.at("/key_id"));
  }

  @Test
  void a_tenants_settings_have_versions_that_can_be_put_back() throws Exception {
    String config = "/api/v1/tenants/one/config";
    assertThat(kindred.get(config).at("/error/code")).isEqualTo("TENANT_NOT_FOUND");
    assertThat(
            kindred
                .put(config, "{\"COLLABORATIVE_WEIGHT\":0.7,\"CONTENT_BASED_WEIGHT\":0.3}")
                .json()
                .at("/version")
                .asInt())
        .isEqualTo(1);
    kindred.put(config, "{\"COLLABORATIVE_WEIGHT\":0.2,\"CONTENT_BASED_WEIGHT\":0.8}");
    var back = kindred.post(config + "/rollback", "{\"version\":1}");
    assertThat(back.json().at("/version").asInt()).isEqualTo(3);
    assertThat(back.json().at("/config/COLLABORATIVE_WEIGHT").asDouble()).isEqualTo(0.7);
    assertThat(kindred.get(config + "/history").json().at("/versions").size()).isEqualTo(3);
    assertThat(kindred.put(config, "{\"PORT\":1}").status()).isEqualTo(400);
  }

  @Test
  void work_that_is_to_go_on_later_says_where_to_ask() throws Exception {
    var accepted =
        kindred.post(
            "/api/v1/entities/bulk",
            "{\"entities\":[{\"entity_id\":\"a\",\"entity_type\":\"t\",\"attributes\":{}}]}",
            "Prefer",
            "respond-async");
    assertThat(accepted.status()).isEqualTo(202);
    String place = accepted.header("Location");
    assertThat(place).isEqualTo("/api/v1/jobs/" + accepted.at("/job_id"));
    assertThat(kindred.get(place).status()).isEqualTo(200);
  }

  @Test
  void a_read_can_ask_for_what_was_written() throws Exception {
    var written = kindred.put("/api/v1/users/ann", "{}");
    String seen = Long.toString(written.position());
    assertThat(kindred.get("/api/v1/users/ann", "X-Kindred-Min-Position", seen).status())
        .isEqualTo(200);
    var tooEarly = kindred.get("/api/v1/users/ann", "X-Kindred-Min-Position", "999999");
    assertThat(tooEarly.status()).isEqualTo(503);
    assertThat(tooEarly.at("/error/code")).isEqualTo("NOT_YET_VISIBLE");
  }
}
