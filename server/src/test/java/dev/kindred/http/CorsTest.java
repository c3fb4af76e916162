package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.ApiKey.Kind;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorsTest {

  @Test
  void no_page_may_call_unless_it_is_allowed() throws Exception {
    try (var test = TestServer.start()) {
      assertThat(allowed(test.send(preflight(test, "https://shop.example")))).isEmpty();
      var answer = test.send(test.to("/things/x").header("Origin", "https://shop.example"));
      assertThat(allowed(answer)).isEmpty();
    }
  }

  @Test
  void a_preflight_is_answered_before_any_key() throws Exception {
    try (var test = allowing("https://shop.example")) {
      var answer = test.send(preflight(test, "https://shop.example"));
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(allowed(answer)).hasValue("https://shop.example");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
          .contains("POST", "PATCH");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
          .contains("X-API-Key", "Content-Type", "Idempotency-Key");
      assertThat(answer.headers().firstValue("Vary").orElseThrow()).contains("Origin");
      assertThat(allowed(test.send(preflight(test, "https://evil.example")))).isEmpty();
    }
  }

  @Test
  void errors_can_be_read_by_the_page_too() throws Exception {
    try (var test = allowing("https://shop.example")) {
      var answer = test.send(test.anonymous("/things/x").header("Origin", "https://shop.example"));
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(allowed(answer)).hasValue("https://shop.example");
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
          .contains("X-Request-ID", "Retry-After");
      test.server.reconfigure(
          With.cors(
              With.rateLimit(
                  HttpSettings.defaults("127.0.0.1", 0),
                  new HttpSettings.RateLimit(true, 1, 1, List.of())),
              List.of("https://shop.example")));
      HttpResponse<String> last = answer;
      for (int i = 0; i < 2; i++) {
        last = test.send(test.anonymous("/open").header("Origin", "https://shop.example"));
      }
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(allowed(last)).hasValue("https://shop.example");
    }
  }

  @Test
  void a_star_allows_every_page() throws Exception {
    try (var test = allowing("*")) {
      assertThat(allowed(test.send(preflight(test, "https://any.example")))).hasValue("*");
    }
  }

  @Test
  void the_origins_of_publishable_keys_are_allowed() throws Exception {
    try (var test = TestServer.start()) {
      test.key(Kind.PUBLISHABLE, Optional.of("default"), List.of("https://shop.example"));
      assertThat(allowed(test.send(preflight(test, "https://shop.example"))))
          .hasValue("https://shop.example");
      assertThat(allowed(test.send(preflight(test, "https://other.example")))).isEmpty();
    }
  }

  private static TestServer allowing(String origin) {
    return TestServer.start(settings -> With.cors(settings, List.of(origin)));
  }

  private static HttpRequest.Builder preflight(TestServer test, String origin) {
    return test.anonymous("/echo")
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "x-api-key");
  }

  private static Optional<String> allowed(HttpResponse<String> answer) {
    return answer.headers().firstValue("Access-Control-Allow-Origin");
  }
}
