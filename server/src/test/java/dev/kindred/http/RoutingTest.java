package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {

  private TestServer test;

  @BeforeAll
  void start() {
    test = TestServer.start();
  }

  @AfterAll
  void stop() {
    test.close();
  }

  @Test
  void an_id_may_hold_whatever_a_percent_encoded_segment_can() throws Exception {
    assertThat(test.get("/things/a%2Fb").body()).isEqualTo("a/b");
    assertThat(test.get("/things/%F0%9F%A6%8A%20%25").body()).isEqualTo("🦊 %");
    assertThat(test.get("/things/a:b;c=d").body()).isEqualTo("a:b;c=d");
    assertThat(test.get("/things/a+b").body()).isEqualTo("a+b");
    assertThat(test.get("/things/%2E%2E").body()).isEqualTo("..");
    assertThat(test.get("/a/x%2Fy/b/z%3F").body()).isEqualTo("x/y+z?");
  }

  @Test
  void a_literal_goes_before_a_parameter_but_only_for_its_own_methods() throws Exception {
    assertThat(test.get("/things/special").body()).isEqualTo("the special one");
    var put = test.send(test.to("/things/special").PUT(HttpRequest.BodyPublishers.noBody()));
    assertThat(put.body()).isEqualTo("special");
  }

  @Test
  void a_trailing_slash_counts_for_nothing() throws Exception {
    assertThat(test.get("/things/x/").body()).isEqualTo("x");
    assertThat(test.get("/open/").body()).isEqualTo("open");
  }

  @Test
  void an_empty_segment_is_no_id() throws Exception {
    assertThat(test.get("/a//b/y").statusCode()).isEqualTo(404);
    assertThat(test.get("/things/").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/things/%", "/things/%4", "/things/%zz", "/things/%ff", "/things/%C0%AF"})
  void bad_percent_encoding_is_the_callers_mistake(String path) throws IOException {
    String answer =
        test.raw(
            """
            GET %s HTTP/1.1
            Host: a
            X-API-Key: admin-secret
            Connection: close

            """
                .formatted(path));
    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"BAD_REQUEST\"");
  }

  @Test
  void head_is_a_get_without_its_body() throws Exception {
    var head = test.send(test.to("/large").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("30000");
    var missing =
        test.send(test.to("/nowhere").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(missing.statusCode()).isEqualTo(404);
  }

  @Test
  void another_method_is_a_405_that_says_which_are_allowed() throws Exception {
    var delete = test.send(test.to("/things/special").DELETE());
    assertThat(delete.statusCode()).isEqualTo(405);
    assertThat(delete.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, OPTIONS");
    assertThat(delete.body()).contains("\"code\":\"METHOD_NOT_ALLOWED\"");
    var odd = test.send(test.to("/open").method("BREW", HttpRequest.BodyPublishers.noBody()));
    assertThat(odd.statusCode()).isEqualTo(405);
  }

  @Test
  void options_says_what_is_allowed() throws Exception {
    var options =
        test.send(test.to("/echo").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
  }

  @Test
  void nothing_there_is_a_404_in_json() throws Exception {
    var answer = test.get("/nowhere/at/all");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"", "\"status\":404");
  }

  @Test
  void a_query_is_decoded_in_order_with_repetitions() throws Exception {
    assertThat(test.get("/query?b=1&a=x+y%2B&b=2&flag").body())
        .isEqualTo(
            "[Parameter[name=b, value=1], Parameter[name=a, value=x y+],"
                + " Parameter[name=b, value=2], Parameter[name=flag, value=]]");
    assertThat(test.get("/query?tenant_id=default&tenant_id=other").statusCode()).isEqualTo(400);
  }

  @Test
  void a_request_may_name_the_whole_address() throws IOException {
    String answer =
        test.raw(
            """
            GET http://shop.example/open?x=1 HTTP/1.1
            Host: shop.example
            Connection: close

            """);
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("open");
  }

  @Test
  void options_for_the_whole_server_is_answered() throws IOException {
    String answer =
        test.raw(
            """
            OPTIONS * HTTP/1.1
            Host: a
            Connection: close

            """);
    assertThat(answer).startsWith("HTTP/1.1 204").contains("Allow: GET, HEAD, POST,");
  }
}
