package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OperationsTest {

  @Test
  void health_tells_how_the_parts_are_and_stays_200() throws Exception {
    var database = new AtomicReference<Optional<String>>(Optional.empty());
    var parts =
        new Component[] {
          new Component("database", true, database::get),
          new Component(
              "cache",
              false,
              () -> {
                throw new IOException("jdbc:secret");
              }),
        };
    try (var test = TestServer.closed(settings -> settings, parts)) {
      test.server.start();
      test.open();
      var answer = test.send(test.anonymous("/health"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo(
              """
              {"status":"degraded","service":"kindred","version":"1.2.3","uptime_seconds":0,\
              "components":{"database":{"status":"healthy"},"cache":{"status":"down",\
              "detail":"out of reach"}}}\
              """);
      var ready = test.send(test.anonymous("/ready"));
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body())
          .isEqualTo("{\"status\":\"ready\",\"checks\":{\"server\":\"ok\",\"database\":\"ok\"}}");
    }
  }

  @Test
  void without_a_part_that_is_needed_the_server_is_not_ready() throws Exception {
    var database = new Component("database", true, () -> Optional.of("out of reach"));
    try (var test = TestServer.closed(settings -> settings, database)) {
      test.server.start();
      test.open();
      assertThat(test.send(test.anonymous("/ready")).statusCode()).isEqualTo(503);
      assertThat(test.send(test.anonymous("/health")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void while_it_starts_it_says_so_and_takes_nothing() throws Exception {
    try (var test = TestServer.closed(settings -> settings)) {
      test.server.start();
      assertThat(test.send(test.anonymous("/health")).statusCode()).isEqualTo(200);
      assertThat(test.send(test.anonymous("/ready")).statusCode()).isEqualTo(503);
      var early = test.get("/things/x");
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.headers().firstValue("Retry-After")).isPresent();
      test.open();
      assertThat(test.get("/things/x").statusCode()).isEqualTo(200);
      assertThat(test.send(test.anonymous("/ready")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metrics_are_named_by_templates_and_never_by_paths() throws Exception {
    try (var test = TestServer.start()) {
      for (int i = 0; i < 3; i++) test.get("/things/secret-user-" + i);
      test.get("/nowhere/secret");
      String metrics = test.send(test.anonymous("/metrics")).body();
      assertThat(metrics)
          .contains(
              "http_requests_total{method=\"GET\",route=\"/things/{id}\",status=\"200\"} 3.0",
              "http_requests_errors_total{method=\"ANY\",route=\"unmatched\",status=\"404\"} 1.0",
              "http_request_duration_seconds_bucket{method=\"GET\",route=\"/things/{id}\",le=",
              "http_request_duration_seconds_count{method=\"GET\",route=\"/things/{id}\"} 3")
          .doesNotContain("secret");
    }
  }

  @Test
  void metrics_may_be_closed_or_switched_off() throws Exception {
    try (var test =
        TestServer.start(
            settings -> With.metrics(settings, new HttpSettings.Metrics(true, false)))) {
      assertThat(test.send(test.anonymous("/metrics")).statusCode()).isEqualTo(401);
      assertThat(test.get("/metrics").statusCode()).isEqualTo(200);
    }
    try (var test =
        TestServer.start(
            settings -> With.metrics(settings, new HttpSettings.Metrics(false, true)))) {
      assertThat(test.get("/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void the_configuration_is_for_admins() throws Exception {
    try (var test = TestServer.start()) {
      assertThat(test.send(test.anonymous("/api/config")).statusCode()).isEqualTo(401);
      assertThat(test.get("/api/config").body())
          .isEqualTo(
              """
              {"settings":[{"name":"PORT","value":"0","source":"flag"}],\
              "last_reading":{"status":"refused","at":"1970-01-01T00:00:00.000000Z","changed":[],\
              "need_restart":[],"problems":["no such key"]}}\
              """);
    }
  }

  @Test
  void shutting_down_lets_a_request_under_way_finish() throws Exception {
    var test = TestServer.start();
    try (var socket = test.socket()) {
      String head =
          """
          POST /echo HTTP/1.1
          Host: a
          X-API-Key: admin-secret
          Content-Length: 2
          Expect: 100-continue

          """;
      socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
      socket.getInputStream().readNBytes(25);
      var closed = new CountDownLatch(1);
      Thread.startVirtualThread(() -> {
        test.close();
        closed.countDown();
      });
      while (test.send(test.anonymous("/ready")).statusCode() == 200) Thread.onSpinWait();
      var refused = test.get("/things/x");
      assertThat(refused.statusCode()).isIn(200, 503);
      socket.getOutputStream().write("{}".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{}");
      closed.await();
    }
  }

  @Test
  void an_unlucky_port_is_told_at_once() {
    try (var first = TestServer.start()) {
      var settings = HttpSettings.defaults("127.0.0.1", first.server.port());
      try (var second = TestServer.closed(_ -> With.adminKey(settings, Optional.of("k")))) {
        assertThatThrownBy(second.server::start)
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("is the port taken?");
      }
    }
  }
}
