package dev.kindred.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.config.ConfigError;
import dev.kindred.testing.Patience;
import dev.kindred.webhooks.Receiver;
import dev.kindred.webhooks.Receiver.Received;
import dev.kindred.webhooks.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks as their owners see them: over HTTP, with a real receiver. */
class WebhooksApiTest {

  private static final String ALL = "/api/v1/webhooks";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private TestKindred kindred;
  private final BlockingQueue<Received> arrived = new LinkedBlockingQueue<>();
  private Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    kindred = TestKindred.onSqlite(folder, Map.of("WEBHOOK_ALLOW_PRIVATE", "true"));
    receiver =
        Receiver.of(received -> {
          arrived.add(received);
          return Receiver.status(204);
        });
  }

  @AfterEach
  void stop() throws Exception {
    kindred.close();
    receiver.close();
  }

  @Test
  void what_a_user_did_arrives_signed_and_as_it_was_told() throws Exception {
    String id = create("interaction.recorded");
    var recorded =
        kindred.post(
            "/api/v1/interactions",
            "{\"user_id\":\"ann\",\"entity_id\":\"mug\",\"interaction_type\":\"view\","
                + "\"metadata\":{\"page\":\"home\"}}");

    Received message = next();

    JsonNode body = JsonMapper.shared().readTree(message.body());
    assertThat(body.path("type").asString()).isEqualTo("interaction.recorded");
    assertThat(body.path("tenant_id").asString()).isEqualTo("default");
    assertThat(body.path("id").asString()).isEqualTo("evt_" + recorded.position());
    for (var member : body.path("data").properties()) {
      assertThat(member.getValue()).isEqualTo(recorded.json().path(member.getKey()));
    }
    assertThat(body.at("/data/metadata/page").asString()).isEqualTo("home");
    assertThat(message.header("webhook-id")).isEqualTo("evt_" + recorded.position());
    assertThat(message.header("X-Webhook-Event")).isEqualTo("interaction.recorded");
    assertThat(message.header("webhook-signature")).isEqualTo(signature(message));
    assertThat(kindred.get(ALL + "/" + id).json().has("secret")).isFalse();
  }

  @Test
  void only_what_it_asked_for_of_its_own_tenant_arrives() throws Exception {
    create("import.completed", "interaction.recorded");
    record("somebody", "?tenant_id=other");
    kindred.post("/api/v1/products/default", "{\"entity_id\":\"mug\"}");
    var last = record("ann", "");

    assertThat(next().header("webhook-id")).isEqualTo("evt_" + last.position());
    assertThat(arrived).isEmpty();
  }

  @Test
  void an_import_that_has_ended_is_told_be_it_at_once_or_in_a_job() throws Exception {
    create("import.completed");
    String rows = "{\"entities\":[{\"entity_id\":\"a\",\"entity_type\":\"t\"},{}]}";

    var report = kindred.post("/api/v1/entities/bulk", rows);
    JsonNode told = JsonMapper.shared().readTree(next().body());
    assertThat(told.at("/type").asString()).isEqualTo("import.completed");
    assertThat(told.at("/data/job_id").asString()).isEqualTo(report.at("/job_id"));
    assertThat(told.at("/data/status").asString()).isEqualTo("partially_completed");
    assertThat(told.at("/data/failed").asInt()).isEqualTo(1);

    var job = kindred.post("/api/v1/entities/bulk", rows, "Prefer", "respond-async");
    told = JsonMapper.shared().readTree(next().body());
    assertThat(told.at("/data/job_id").asString()).isEqualTo(job.at("/job_id"));
    assertThat(told.at("/data/successful").asInt()).isEqualTo(1);
  }

  @Test
  void a_list_that_was_shown_is_told_with_its_id() throws Exception {
    create("recommendation.served");
    kindred.post("/api/v1/products/default", "{\"entity_id\":\"mug\"}");

    var shown = kindred.get("/api/v1/recommendations/user/ann?count=3");

    JsonNode told = JsonMapper.shared().readTree(next().body());
    assertThat(told.at("/type").asString()).isEqualTo("recommendation.served");
    assertThat(told.at("/data/recommendation_id").asString())
        .isEqualTo(shown.at("/recommendation_id"));
    assertThat(told.at("/data/user_id").asString()).isEqualTo("ann");
    assertThat(told.at("/data/items/0/entity_id").asString()).isEqualTo("mug");
  }

  @Test
  void a_rotated_secret_signs_beside_the_one_before() throws Exception {
    String id = create("interaction.recorded");
    var rotated = kindred.post(ALL + "/" + id + "/rotate-secret", "");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.at("/secret")).startsWith("whsec_").isNotEqualTo(SECRET);
    assertThat(rotated.at("/previous_secret_until")).isNotEmpty();

    record("ann", "");

    Received message = next();
    assertThat(message.header("webhook-signature")).endsWith(" " + signature(message));
    assertThat(message.header("X-Webhook-Signature-Previous")).startsWith("sha256=");
  }

  @Test
  void a_test_message_tells_at_once_whether_it_arrives() throws Exception {
    String id = create("model.updated");

    var tested = kindred.post(ALL + "/" + id + "/test", "");

    assertThat(tested.at("/delivered")).isEqualTo("true");
    assertThat(tested.at("/status")).isEqualTo("204");
    assertThat(next().header("X-Webhook-Event")).isEqualTo("webhook.test");
    receiver.close();
    var again = kindred.post(ALL + "/" + id + "/test", "");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("/delivered")).isEqualTo("false");
    assertThat(again.at("/problem")).isNotEmpty();
  }

  @Test
  void a_receiver_with_a_certificate_of_ones_own_authority_is_told_over_https() throws Exception {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    TestAuthority authority = TestAuthority.in(keys);
    try (var secure =
            Receiver.over(
                authority.receiver("ip:127.0.0.1"),
                received -> {
                  arrived.add(received);
                  return Receiver.status(204);
                });
        var trusting =
            TestKindred.onSqlite(
                folder.resolve("trusting"),
                Map.of(
                    "WEBHOOK_ALLOW_PRIVATE",
                    "true",
                    "WEBHOOK_CA_FILE",
                    authority.pem().toString()))) {
      String url = "https://127.0.0.1:" + secure.port() + "/hook";
      String body = "{\"url\":\"" + url + "\",\"events\":[\"interaction.recorded\"]}";
      for (TestKindred each : List.of(trusting, kindred)) {
        var made = each.post(ALL, body);
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        var tested = each.post(ALL + "/" + made.at("/webhook_id") + "/test", "");
        assertThat(tested.at("/delivered")).isEqualTo(each == trusting ? "true" : "false");
        assertThat(tested.at("/problem"))
            .isEqualTo(
                each == trusting
                    ? ""
                    : "no secure connection: is the certificate good for this host?");
      }
      assertThat(next().header("X-Webhook-Event")).isEqualTo("webhook.test");
      assertThat(secure.received()).hasSize(1);
    }
  }

  @Test
  void a_start_with_a_file_that_holds_no_certificates_says_so() {
    Map<String, String> settings =
        Map.of("WEBHOOK_CA_FILE", folder.resolve("missing.pem").toString());
    assertThatThrownBy(() -> TestKindred.onSqlite(folder.resolve("other"), settings).close())
        .isInstanceOf(ConfigError.class)
        .hasMessageContaining("WEBHOOK_CA_FILE: ")
        .hasMessageContaining("missing.pem cannot be read");
  }

  @Test
  void tries_are_listed_and_a_deleted_webhook_is_told_nothing_more() throws Exception {
    String id = create("interaction.recorded");
    var recorded = record("ann", "");
    next();
    var listed =
        Patience.until(
            () -> kindred.get(ALL + "/" + id + "/deliveries"),
            answer -> !answer.json().path("deliveries").isEmpty());
    assertThat(listed.at("/deliveries/0/message_id")).isEqualTo("evt_" + recorded.position());
    assertThat(listed.at("/deliveries/0/delivered")).isEqualTo("true");
    assertThat(kindred.get(ALL + "/" + id + "/dead-letters").json().path("dead_letters")).isEmpty();
    var replay = kindred.post(ALL + "/" + id + "/dead-letters/replay", "");
    assertThat(replay.status()).isEqualTo(202);
    assertThat(replay.at("/replaying")).isEqualTo("0");
    assertThat(kindred.post(ALL + "/" + id + "/dead-letters/evt_1/replay", "").status())
        .isEqualTo(404);

    assertThat(kindred.delete(ALL + "/" + id).status()).isEqualTo(204);

    assertThat(kindred.get(ALL).json().path("webhooks")).isEmpty();
    for (String path : List.of("", "/deliveries", "/dead-letters")) {
      assertThat(kindred.get(ALL + "/" + id + path).status()).isEqualTo(404);
    }
  }

  @Test
  void what_is_wrong_with_a_webhook_is_told_by_its_place() throws Exception {
    for (var wrong :
        Map.of(
                "{\"events\":[\"model.updated\"]}", "/url",
                "{\"url\":\"mailto:a@b.example\",\"events\":[\"model.updated\"]}", "/url",
                "{\"url\":\"https://a.example\",\"events\":[]}", "/events",
                "{\"url\":\"https://a.example\",\"events\":[\"x\"]}", "/events/0",
                "{\"url\":\"https://a.example\",\"events\":[\"model.updated\"],\"secret\":\"x\"}",
                    "/secret")
            .entrySet()) {
      var refused = kindred.post(ALL, wrong.getKey());
      assertThat(refused.status()).as(wrong.getKey()).isEqualTo(400);
      assertThat(refused.at("/error/details/0/pointer")).isEqualTo(wrong.getValue());
    }
  }

  @Test
  void a_repeated_request_creates_one_webhook_and_does_not_show_the_secret_again()
      throws Exception {
    String body = "{\"url\":\"%s\",\"events\":[\"model.updated\"]}".formatted(receiver.url());
    var first = kindred.post(ALL, body, "Idempotency-Key", "once");
    var second = kindred.post(ALL, body, "Idempotency-Key", "once");

    assertThat(first.at("/secret")).startsWith("whsec_");
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.json().path("secret").isNull()).isTrue();
    assertThat(kindred.get(ALL).json().path("webhooks")).hasSize(1);
  }

  @Test
  void private_addresses_are_refused_unless_they_are_allowed(@TempDir Path other) throws Exception {
    try (var strict = TestKindred.onSqlite(other, Map.of())) {
      var refused =
          strict.post(
              ALL, "{\"url\":\"%s\",\"events\":[\"model.updated\"]}".formatted(receiver.url()));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.at("/error/message")).contains("WEBHOOK_ALLOW_PRIVATE");
      // A name is judged when it is looked up, at each connection.
      String id =
          strict
              .post(ALL, "{\"url\":\"http://localhost:1/\",\"events\":[\"model.updated\"]}")
              .at("/webhook_id");
      assertThat(strict.post(ALL + "/" + id + "/test", "").at("/problem"))
          .contains("WEBHOOK_ALLOW_PRIVATE");
    }
  }

  private TestKindred.Reply record(String user, String query) throws Exception {
    return kindred.post(
        "/api/v1/interactions" + query,
        "{\"user_id\":\"%s\",\"entity_id\":\"mug\",\"interaction_type\":\"view\"}".formatted(user));
  }

  private String create(String... events) throws Exception {
    var created =
        kindred.post(
            ALL,
            "{\"url\":\"%s\",\"events\":[\"%s\"],\"secret\":\"%s\"}"
                .formatted(receiver.url(), String.join("\",\"", events), SECRET));
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    assertThat(created.at("/secret")).isEqualTo(SECRET);
    return created.at("/webhook_id");
  }

  private Received next() throws InterruptedException {
    Received next = arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("a message within %s", PATIENCE).isNotNull();
    return requireNonNull(next);
  }

  private static String signature(Received message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring(6)), "HmacSHA256"));
    String signed =
        message.header("webhook-id")
            + "."
            + message.header("webhook-timestamp")
            + "."
            + message.body();
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
