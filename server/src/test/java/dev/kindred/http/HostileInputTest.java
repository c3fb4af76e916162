package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends. Each gets a 4xx or an end of the connection, never a 5xx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

  private static final String HEAD =
      """
      POST /echo HTTP/1.1
      Host: a
      X-API-Key: admin-secret
      Content-Type: application/json
      """;

  private TestServer test;

  @BeforeAll
  void start() {
    var limits =
        new HttpSettings.Limits(
            1 << 20, 1_000, Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofSeconds(2));
    test = TestServer.start(settings -> With.limits(settings, limits));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\n\n",
        "GET\n\n",
        "GET open HTTP/1.1\nHost: a\nConnection: close\n\n",
        "GET /open\n\n",
        "GET /open HTTP/1.0\nHost: a\n\n",
        "GET /open HTTP/2.0\nHost: a\n\n",
        "GET /open FTP/1.1\nHost: a\n\n",
        "GET  /open HTTP/1.1\nHost: a\n\n",
        "GET /open HTTP/1.1\nNo colon here\n\n",
        "GET /open HTTP/1.1\nHost: a\nBad Name: x\n\n",
        "GET /open HTTP/1.1\nHost: a\nX: \u0000\n\n",
        "GET /open HTTP/1.1\n\n",
        "GET /open HTTP/1.1\nHost: a\nHost: b\n\n",
        "GET /open HTTP/1.1\nHost: a:port\n\n",
        "GET /\u00e4 HTTP/1.1\nHost: a\nConnection: close\n\n",
        "GET /things/\u0001 HTTP/1.1\nHost: a\nConnection: close\n\n",
        "PRI * HTTP/2.0\n\nSM\n\n",
      })
  void what_is_no_request_gets_a_400(String bytes) throws IOException {
    String answer = test.raw(bytes);
    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"BAD_REQUEST\"");
    assertThat(answer).contains("\r\nContent-Type: application/json\r\n", "X-Request-ID: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: x\n\n",
        "Content-Length: -1\n\n",
        "Content-Length: 99999999999999999999\n\n",
        "Content-Length: 2\nContent-Length: 3\n\n{}",
        "Content-Length: 2\nTransfer-Encoding: chunked\n\n{}",
        "Transfer-Encoding: gzip\n\n{}",
        "Transfer-Encoding: gzip, chunked\n\n{}",
        "Transfer-Encoding: chunked, chunked\n\n{}",
        "Transfer-Encoding: chunked\n\nzz\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\n-1\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\nffffffffff\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\n2\n{}\n0\nnot the end\n\n",
      })
  void bad_framing_gets_a_400_and_ends_the_connection(String rest) throws IOException {
    int before = test.handled.get();
    String answer = test.raw(HEAD + rest);
    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"BAD_REQUEST\"");
    assertThat(answer).doesNotContain("}HTTP/1.1");
    assertThat(test.handled.get() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void a_chunk_that_claims_to_be_huge_is_not_waited_for() throws IOException {
    String answer = test.raw(HEAD + "Transfer-Encoding: chunked\n\n7fffffff\n" + "x".repeat(100));
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @Test
  void a_first_line_and_headers_have_their_limits() throws IOException {
    assertThat(test.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\nHost: a\n\n"))
        .startsWith("HTTP/1.1 414");
    String headers = "X-Long: " + "a".repeat(40_000) + "\n";
    assertThat(test.raw("GET /open HTTP/1.1\nHost: a\n" + headers + "\n"))
        .startsWith("HTTP/1.1 431");
    String many = "X: y\n".repeat(20_000);
    assertThat(test.raw("GET /open HTTP/1.1\nHost: a\n" + many + "\n")).startsWith("HTTP/1.1 431");
    String fine = "X-Long: " + "a".repeat(8_000) + "\n";
    assertThat(test.raw("GET /open HTTP/1.1\nHost: a\nConnection: close\n" + fine + "\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void an_expectation_that_nobody_knows_is_a_417() throws IOException {
    assertThat(test.raw(HEAD + "Expect: 200-maybe\nContent-Length: 2\n\n{}"))
        .startsWith("HTTP/1.1 417");
  }

  @Test
  void whoever_waits_for_a_100_gets_it_or_the_refusal() throws IOException {
    try (var socket = test.socket()) {
      var head = HEAD + "Expect: 100-continue\nContent-Length: 2\nConnection: close\n\n";
      socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
      byte[] first = socket.getInputStream().readNBytes(25);
      assertThat(new String(first, UTF_8)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      socket.getOutputStream().write("{}".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{}");
    }
    String refused =
        test.raw(
            HEAD.replace("admin-secret", "wrong")
                + "Expect: 100-continue\nContent-Length: 20000000\n\n");
    assertThat(refused).startsWith("HTTP/1.1 401");
  }

  @Test
  void a_body_that_ends_early_is_a_400() throws IOException {
    try (var socket = test.socket()) {
      var head = HEAD + "Content-Length: 100\n\n{\"half\":";
      socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("ended before");
    }
  }

  @Test
  void a_head_that_ends_early_ends_the_connection() throws IOException {
    try (var socket = test.socket()) {
      socket.getOutputStream().write("GET /open HTTP/1.1\r\nHost:".getBytes(UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void a_body_that_stands_still_is_a_408() throws IOException {
    try (var socket = test.socket()) {
      var head = HEAD + "Content-Length: 100\n\n{\"slow\":";
      socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 408")
          .contains("\"code\":\"REQUEST_TIMEOUT\"", "Connection: close");
    }
  }

  @Test
  void a_head_that_stands_still_is_a_408() throws IOException {
    try (var socket = test.socket()) {
      socket.getOutputStream().write("GET /open HTTP/1.1\r\nHost: a\r\nX-".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void an_idle_connection_is_closed_without_a_word() throws IOException {
    try (var socket = test.socket()) {
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void two_requests_at_once_get_two_answers_in_order() throws IOException {
    String two =
        """
        GET /things/one HTTP/1.1
        Host: a
        X-API-Key: admin-secret

        GET /things/two HTTP/1.1
        Host: a
        X-API-Key: admin-secret
        Connection: close

        """;
    String answer = test.raw(two);
    assertThat(answer.indexOf("\r\n\r\none")).isPositive().isLessThan(answer.indexOf("two"));
  }

  @Test
  void random_bytes_never_make_a_5xx() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    String valid = HEAD.replace("\n", "\r\n") + "Content-Length: 2\r\nConnection: close\r\n\r\n{}";
    for (int i = 0; i < 300; i++) {
      byte[] bytes = valid.getBytes(UTF_8);
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try (var socket = test.socket()) {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer)
            .as("seed %d: %s", seed, new String(bytes, UTF_8))
            .satisfiesAnyOf(
                a -> assertThat(a).isEmpty(), a -> assertThat(a).matches("(?s)HTTP/1.1 [234].*"));
      }
    }
  }
}
