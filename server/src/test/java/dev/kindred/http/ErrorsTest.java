package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsTest {

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
  void an_error_says_everything_that_the_contract_promises() throws Exception {
    var answer = test.send(test.to("/tenant?tenant_id=x").header("X-Request-ID", "my-id_1.2"));
    assertThat(answer.body())
        .isEqualTo(
            """
            {"error":{"code":"VALIDATION_ERROR","message":"tenant_id: this server has the one \
            tenant 'default', got 'x'; ENABLE_MULTI_TENANCY=true allows others","status":400,\
            "request_id":"my-id_1.2","timestamp":"2026-03-02T12:00:00.000000Z","details":[\
            {"pointer":"tenant_id","code":"VALIDATION_ERROR","message":"this server has the one \
            tenant 'default', got 'x'; ENABLE_MULTI_TENANCY=true allows others"}]}}\
            """);
  }

  @Test
  void whoever_asks_for_it_gets_a_problem_of_rfc_9457() throws Exception {
    var answer =
        test.send(test.to("/nowhere").header("Accept", "text/html, application/problem+json"));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .startsWith("{\"type\":\"urn:kindred:error:NOT_FOUND\",\"title\":\"not found\",\"detail\":")
        .contains("\"status\":404", "\"code\":\"NOT_FOUND\"", "\"request_id\":");
  }

  @Test
  void the_unexpected_is_a_500_that_tells_nothing_of_the_inside() throws Exception {
    var answer = test.get("/fail");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("\"code\":\"INTERNAL_ERROR\"")
        .doesNotContain("SELECT", "passwords", "Exception", "dev.kindred");
  }

  @Test
  void a_fit_request_id_is_echoed_and_another_is_replaced() throws Exception {
    assertThat(idOf("a".repeat(128))).isEqualTo("a".repeat(128));
    assertThat(idOf("a".repeat(129))).isNotEqualTo("a".repeat(129)).hasSize(20);
    assertThat(idOf("a b")).isNotEqualTo("a b").hasSize(20);
    var one = test.get("/open").headers().firstValue("X-Request-ID").orElseThrow();
    var two = test.get("/open").headers().firstValue("X-Request-ID").orElseThrow();
    assertThat(one).isNotEqualTo(two);
  }

  private String idOf(String sent) throws Exception {
    var answer = test.send(test.to("/open").header("X-Request-ID", sent));
    return answer.headers().firstValue("X-Request-ID").orElseThrow();
  }

  @Test
  void every_answer_says_where_the_time_went() throws Exception {
    var timing = test.get("/open").headers().firstValue("Server-Timing").orElseThrow();
    assertThat(timing).matches("total;dur=[0-9]+\\.[0-9]{3}");
  }

  @Test
  void a_stream_that_fails_before_it_began_is_a_500() throws Exception {
    assertThat(test.get("/broken-stream?after=0").statusCode()).isEqualTo(500);
  }

  @Test
  void a_stream_that_breaks_off_looks_broken_off() throws Exception {
    String answer =
        test.raw(
            """
            GET /broken-stream?after=10000 HTTP/1.1
            Host: a
            X-API-Key: admin-secret

            """);
    assertThat(answer).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "99999999999999999999", ""})
  void a_position_is_a_whole_number(String position) throws Exception {
    var answer = test.send(test.to("/open").header("X-Kindred-Min-Position", position));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void a_read_is_answered_from_a_state_that_has_seen_the_position_or_not_at_all() throws Exception {
    test.freshness.see(41);
    var tooNew = test.send(test.to("/open").header("X-Kindred-Min-Position", "42"));
    assertThat(tooNew.statusCode()).isEqualTo(503);
    assertThat(tooNew.body()).contains("\"code\":\"NOT_YET_VISIBLE\"");
    assertThat(tooNew.headers().firstValue("Retry-After")).hasValue("1");
    test.freshness.see(42);
    var seen = test.send(test.to("/open").header("X-Kindred-Min-Position", "42"));
    assertThat(seen.statusCode()).isEqualTo(200);
  }

  @Test
  void a_write_says_its_position() throws Exception {
    var answer = test.send(test.post("/echo", "{}"));
    assertThat(answer.headers().firstValue("X-Kindred-Position")).hasValue("7");
    assertThat(test.get("/open").headers().firstValue("X-Kindred-Position")).isEmpty();
  }
}
