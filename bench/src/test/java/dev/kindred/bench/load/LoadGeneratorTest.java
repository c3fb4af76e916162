package dev.kindred.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

  // Far more than is needed: the tests end when there were enough answers.
  private static final Duration LONG = Duration.ofMinutes(1);

  private final LongAdder served = new LongAdder();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          served.increment();
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 201, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void as_fast_as_answers_come_counts_every_answer_by_its_status() throws Exception {
    byte[] request = HttpRequest.post("/", "key", "{\"large\":\"" + "x".repeat(200_000) + "\"}");
    LoadResult result =
        LoadGenerator.run(
            Load.closed(server.getAddress(), 8, Duration.ZERO, LONG, () -> request).until(20));

    assertThat(result.requireOnly(201).answered()).isBetween(20L, served.sum());
    assertThat(result.broken()).isZero();
  }

  @Test
  void a_fixed_rate_sends_what_is_due_and_no_more() throws Exception {
    byte[] request = HttpRequest.post("/", "key", "{}");
    LoadResult result =
        LoadGenerator.run(
            Load.open(server.getAddress(), 4, 100, Duration.ZERO, LONG, () -> request).until(20));

    assertThat(result.requireOnly(201).answered()).isBetween(20L, 24L);
    assertThat(served.sum()).isBetween(20L, 28L);
  }

  @Test
  void another_status_than_the_expected_one_is_told() throws Exception {
    byte[] request = HttpRequest.post("/", "key", "");
    LoadResult result =
        LoadGenerator.run(
            Load.closed(server.getAddress(), 1, Duration.ZERO, LONG, () -> request).until(20));

    assertThatThrownBy(() -> result.requireOnly(201)).hasMessageContaining("404");
  }

  @Test
  void load_goes_to_this_machine_only() {
    var elsewhere = new InetSocketAddress("192.0.2.1", 80);
    assertThatThrownBy(() -> Load.closed(elsewhere, 1, LONG, LONG, () -> new byte[0]))
        .hasMessageContaining("this machine only");
  }
}
