package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodiesTest {

  private static final int LIMIT = 1 << 20;

  private TestServer test;

  @BeforeAll
  void start() {
    var limits =
        new HttpSettings.Limits(
            LIMIT, 1_000, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(75));
    test = TestServer.start(settings -> With.limits(settings, limits));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  @Test
  void a_body_may_be_as_large_as_the_limit_and_no_larger() throws Exception {
    assertThat(post("/echo", new byte[LIMIT])).isEqualTo(200);
    assertThat(post("/echo", new byte[LIMIT + 1])).isEqualTo(413);
    assertThat(post("/echo", new byte[11 * LIMIT])).isEqualTo(413);
    assertThat(post("/echo", new byte[0])).isEqualTo(200);
  }

  @Test
  void a_body_of_unknown_length_has_the_same_limit() throws Exception {
    assertThat(chunked("/echo", new byte[LIMIT])).isEqualTo(200);
    assertThat(chunked("/echo", new byte[LIMIT + 1])).isEqualTo(413);
    assertThat(chunked("/echo", new byte[9 * LIMIT])).isEqualTo(413);
  }

  @Test
  void a_streamed_import_may_be_larger() throws Exception {
    var request =
        test.to("/import")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(new byte[5 * LIMIT]));
    assertThat(test.send(request).body()).isEqualTo(Integer.toString(5 * LIMIT));
  }

  @Test
  void an_answer_echoes_what_was_sent() throws Exception {
    String json = "{\"text\":\"" + "ä🦊".repeat(20_000) + "\"}";
    assertThat(test.send(test.post("/echo", json)).body()).isEqualTo(json);
  }

  @Test
  void packed_bodies_are_unpacked() throws Exception {
    byte[] json = "{\"a\":1}".repeat(1_000).getBytes(UTF_8);
    var answer = test.send(packedPost("/echo", gzip(json)));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(new String(json, UTF_8));
    assertThat(test.send(packedPost("/echo", gzip(new byte[LIMIT]))).statusCode()).isEqualTo(200);
  }

  @Test
  void a_small_body_that_unpacks_to_a_large_one_is_refused() throws Exception {
    byte[] bomb = gzip(new byte[200 * LIMIT]);
    assertThat(bomb.length).isLessThan(LIMIT);
    assertThat(test.send(packedPost("/echo", bomb)).statusCode()).isEqualTo(413);
    assertThat(test.send(packedPost("/echo", gzip(new byte[LIMIT + 1]))).statusCode())
        .isEqualTo(413);
  }

  @Test
  void broken_packing_is_the_callers_mistake() throws Exception {
    byte[] packed = gzip("{\"a\":1}".getBytes(UTF_8));
    byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 5);
    assertThat(test.send(packedPost("/echo", cut)).statusCode()).isEqualTo(400);
    assertThat(test.send(packedPost("/echo", "{}".getBytes(UTF_8))).statusCode()).isEqualTo(400);
    assertThat(test.send(packedPost("/import", cut)).statusCode()).isEqualTo(400);
    var brotli = test.post("/echo", "{}").header("Content-Encoding", "br");
    assertThat(test.send(brotli).statusCode()).isEqualTo(415);
  }

  @Test
  void large_answers_are_packed_for_those_who_can_read_that() throws Exception {
    var packed = test.sendForBytes(test.to("/large").header("Accept-Encoding", "br, gzip;q=0.8"));
    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(packed.body().length).isLessThan(3_000);
    assertThat(new String(ungzip(packed.body()), UTF_8)).isEqualTo("abc".repeat(10_000));
    var plain = test.sendForBytes(test.to("/large").header("Accept-Encoding", "gzip;q=0"));
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().firstValue("Vary").orElseThrow()).contains("Accept-Encoding");
    var small = test.sendForBytes(test.to("/open").header("Accept-Encoding", "gzip"));
    assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    var stream = test.sendForBytes(test.to("/stream").header("Accept-Encoding", "gzip"));
    assertThat(stream.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(new String(ungzip(stream.body()), UTF_8)).endsWith("{\"line\":9999}\n");
  }

  @Test
  void streamed_answers_come_whole() throws Exception {
    var answer = test.get("/stream");
    assertThat(answer.body().lines().count()).isEqualTo(10_000);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 200",
    "'application/json; charset=utf-8', 200",
    "'Application/JSON;charset=\"UTF-8\"', 200",
    "application/merge-patch+json, 200",
    "text/json, 200",
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "application/x-ndjson, 415",
    "'application/json; charset=latin1', 415",
  })
  void a_body_is_json_or_refused(String type, int status) throws Exception {
    var request = test.to("/echo").header("Content-Type", type).POST(BodyPublishers.ofString("{}"));
    var answer = test.send(request);
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 415) assertThat(answer.body()).contains("\"UNSUPPORTED_MEDIA_TYPE\"");
  }

  @Test
  void a_body_that_says_nothing_of_its_type_is_taken_for_json() throws Exception {
    assertThat(test.send(test.to("/echo").POST(BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_connection_goes_on_after_a_body_that_nobody_read() throws IOException {
    String answer =
        test.raw(
            """
            POST /ignore HTTP/1.1
            Host: a
            X-API-Key: admin-secret
            Content-Length: 10

            0123456789GET /open HTTP/1.1
            Host: a
            Connection: close

            """);
    assertThat(answer).contains("ignored").endsWith("open");
  }

  @Test
  void a_large_body_that_nobody_reads_ends_the_connection_but_not_the_answer() throws Exception {
    assertThat(post("/ignore", new byte[8 * LIMIT])).isEqualTo(200);
    assertThat(post("/nowhere", new byte[8 * LIMIT])).isEqualTo(404);
  }

  private int post(String path, byte[] body) throws Exception {
    var request =
        test.to(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return test.sendForBytes(request).statusCode();
  }

  private int chunked(String path, byte[] body) throws Exception {
    var request =
        test.to(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    return test.sendForBytes(request).statusCode();
  }

  private HttpRequest.Builder packedPost(String path, byte[] body) {
    return test.to(path)
        .header("Content-Type", "application/json")
        .header("Content-Encoding", "gzip")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] ungzip(byte[] bytes) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
