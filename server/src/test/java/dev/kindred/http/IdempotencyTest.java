package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

  private TestServer test;

  @BeforeEach
  void start() {
    test = TestServer.start();
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void a_write_takes_effect_once_and_its_answer_is_repeated() throws Exception {
    var first = test.send(keyed("/write", "\"ann\"", "k1"));
    var second = test.send(keyed("/write", "\"ann\"", "k1"));
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(replayed(first)).isFalse();
    assertThat(replayed(second)).isTrue();
    assertThat(test.store.log().head()).isEqualTo(1);
  }

  @Test
  void the_same_key_with_another_request_is_a_422() throws Exception {
    test.send(keyed("/write", "\"ann\"", "k1"));
    var other = test.send(keyed("/write", "\"bob\"", "k1"));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("\"code\":\"UNPROCESSABLE\"");
    assertThat(test.send(keyed("/echo", "\"ann\"", "k1")).statusCode()).isEqualTo(422);
    assertThat(test.send(keyed("/write?x=1", "\"ann\"", "k1")).statusCode()).isEqualTo(422);
  }

  @Test
  void a_post_that_writes_nothing_is_remembered_too() throws Exception {
    test.send(keyed("/echo", "{}", "k2"));
    var again = test.send(keyed("/echo", "{}", "k2"));
    assertThat(replayed(again)).isTrue();
    assertThat(again.body()).isEqualTo("{}");
    assertThat(test.handled.get()).isEqualTo(1);
  }

  @Test
  void a_streamed_body_is_remembered_by_its_content() throws Exception {
    assertThat(test.send(lines("abc", "k3")).body()).isEqualTo("3");
    var again = test.send(lines("abc", "k3"));
    assertThat(again.body()).isEqualTo("3");
    assertThat(replayed(again)).isTrue();
    assertThat(test.handled.get()).isEqualTo(1);
    assertThat(test.send(lines("abd", "k3")).statusCode()).isEqualTo(422);
  }

  @Test
  void a_refused_request_may_be_sent_right_with_the_same_key() throws Exception {
    assertThat(test.send(keyed("/write", "\"\"", "k4")).statusCode()).isEqualTo(400);
    assertThat(test.send(keyed("/write", "\"ann\"", "k4")).statusCode()).isEqualTo(201);
  }

  @Test
  void a_key_has_its_length() throws Exception {
    assertThat(test.send(keyed("/echo", "{}", "k".repeat(128))).statusCode()).isEqualTo(200);
    assertThat(test.send(keyed("/echo", "{}", "k".repeat(129))).statusCode()).isEqualTo(400);
    assertThat(test.send(keyed("/echo", "{}", "a b")).statusCode()).isEqualTo(400);
  }

  @Test
  void an_answer_is_forgotten_after_a_day() throws Exception {
    test.send(keyed("/echo", "{}", "k5"));
    test.clock.advance(Duration.ofHours(25));
    assertThat(replayed(test.send(keyed("/echo", "{}", "k5")))).isFalse();
  }

  @Test
  void many_at_once_with_one_key_are_handled_once() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < 20; i++) {
        Callable<HttpResponse<String>> call = () -> test.send(keyed("/write", "\"ann\"", "k6"));
        answers.add(threads.submit(call));
      }
      int first = 0;
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(201);
        if (!replayed(answer.get())) first++;
      }
      assertThat(first).isEqualTo(1);
      assertThat(test.store.log().head()).isEqualTo(1);
    }
  }

  private HttpRequest.Builder keyed(String path, String json, String key) {
    return test.post(path, json).header("Idempotency-Key", key);
  }

  private HttpRequest.Builder lines(String body, String key) {
    return test.to("/import")
        .header("Content-Type", "application/x-ndjson")
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(body));
  }

  private static boolean replayed(HttpResponse<String> answer) {
    return answer.headers().firstValue("Idempotency-Replayed").isPresent();
  }
}
