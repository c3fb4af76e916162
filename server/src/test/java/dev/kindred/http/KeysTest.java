package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.ApiKey.Kind;
import dev.kindred.domain.Change;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

  private TestServer test;

  @BeforeEach
  void start() {
    test = TestServer.start();
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @ParameterizedTest
  @CsvSource({
    "X-API-Key, admin-secret",
    "Authorization, Bearer admin-secret",
    "authorization, bEaReR admin-secret",
    "Authorization, admin-secret",
  })
  void a_key_is_taken_in_three_forms(String header, String value) throws Exception {
    assertThat(status(test.anonymous("/things/x").header(header, value))).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "X-API-Key, wrong",
    "X-API-Key, admin-secret2",
    "Authorization, Bearer",
    "Authorization, Basic admin-secret",
  })
  void a_wrong_key_is_a_401(String header, String value) throws Exception {
    var answer = test.send(test.anonymous("/things/x").header(header, value));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"AUTH_ERROR\"").doesNotContain("admin-secret");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void no_key_is_a_401_except_where_everybody_may_ask() throws Exception {
    assertThat(status(test.anonymous("/things/x"))).isEqualTo(401);
    assertThat(status(test.anonymous("/open"))).isEqualTo(200);
    assertThat(status(test.anonymous("/open").header("X-API-Key", "wrong"))).isEqualTo(200);
    assertThat(status(test.anonymous("/health"))).isEqualTo(200);
  }

  @Test
  void a_server_key_opens_data_and_nothing_for_admins() throws Exception {
    String key = test.key(Kind.SERVER, Optional.empty(), List.of());
    assertThat(status(test.anonymous("/things/x").header("X-API-Key", key))).isEqualTo(200);
    var admin = test.send(test.anonymous("/admin").header("X-API-Key", key));
    assertThat(admin.statusCode()).isEqualTo(403);
    assertThat(admin.body()).contains("\"code\":\"FORBIDDEN\"");
    assertThat(test.get("/admin").statusCode()).isEqualTo(200);
  }

  @Test
  void a_publishable_key_works_from_its_own_origins_only() throws Exception {
    String key =
        test.key(Kind.PUBLISHABLE, Optional.of("default"), List.of("https://shop.example"));
    assertThat(status(from("https://shop.example", "/tenant", key))).isEqualTo(200);
    assertThat(status(from("https://evil.example", "/tenant", key))).isEqualTo(403);
    assertThat(status(test.anonymous("/tenant").header("X-API-Key", key))).isEqualTo(403);
    assertThat(status(from("https://shop.example", "/things/x", key))).isEqualTo(403);
  }

  @Test
  void a_revoked_key_opens_nothing_from_the_next_request_on() throws Exception {
    String key = test.key(Kind.SERVER, Optional.empty(), List.of());
    assertThat(status(test.anonymous("/things/x").header("X-API-Key", key))).isEqualTo(200);
    test.append(new Change.RevokeKey("key-0"));
    test.server.reloadKeys();
    assertThat(status(test.anonymous("/things/x").header("X-API-Key", key))).isEqualTo(401);
  }

  @Test
  void a_key_is_not_asked_for_where_that_is_switched_off() throws Exception {
    try (var open =
        TestServer.start(
            settings -> With.auth(settings, new HttpSettings.Auth(false, Optional.of("k"))))) {
      assertThat(open.send(open.anonymous("/admin")).statusCode()).isEqualTo(200);
      assertThat(open.send(open.anonymous("/admin").header("X-API-Key", "x")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void without_any_key_only_this_machine_can_ask() throws Exception {
    try (var local =
        TestServer.start(
            settings -> With.adminKey(HttpSettings.defaults("0.0.0.0", 0), Optional.empty()))) {
      assertThat(local.server.host()).isEqualTo("127.0.0.1");
      assertThat(local.send(local.anonymous("/admin")).statusCode()).isEqualTo(200);
      String key = local.key(Kind.ADMIN, Optional.empty(), List.of());
      assertThat(local.send(local.anonymous("/admin")).statusCode()).isEqualTo(401);
      assertThat(local.send(local.anonymous("/admin").header("X-API-Key", key)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void wrong_keys_are_limited_by_address_and_right_ones_are_not() throws Exception {
    try (var limited =
        TestServer.start(settings -> With.rateLimit(settings, HttpSettings.RateLimit.DEFAULT))) {
      int refused = 0;
      for (int i = 0; i < 30; i++) {
        var wrong = limited.send(limited.anonymous("/open/x").header("X-API-Key", "wrong" + i));
        if (wrong.statusCode() == 429) {
          refused++;
          assertThat(wrong.headers().firstValue("Retry-After")).isPresent();
        } else {
          assertThat(wrong.statusCode()).isEqualTo(401);
        }
      }
      assertThat(refused).isPositive();
      assertThat(limited.get("/things/x").statusCode()).isEqualTo(200);
    }
  }

  private HttpRequest.Builder from(String origin, String path, String key) {
    return test.anonymous(path).header("X-API-Key", key).header("Origin", origin);
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return test.send(request).statusCode();
  }
}
