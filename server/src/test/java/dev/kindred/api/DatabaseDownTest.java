package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.store.jdbc.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that is down when the program starts, and comes up later. */
@Tag(TestServices.TAG)
final class DatabaseDownTest {

  @Test
  @Timeout(120)
  void the_start_waits_for_the_database_and_says_so() throws Exception {
    int web = freePort();
    int door = freePort();
    try (var database = TestDatabase.postgresql();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client = HttpClient.newHttpClient()) {
      URI real = URI.create(database.url());
      String url =
          "postgresql://%s@127.0.0.1:%d%s".formatted(real.getUserInfo(), door, real.getPath());
      Future<TestKindred> starting =
          threads.submit(
              () -> TestKindred.start(Map.of("DATABASE_URL", url, "PORT", String.valueOf(web))));

      HttpResponse<String> ready = awaitAnswer(client, web);
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.headers().firstValue("Retry-After")).isPresent();
      HttpResponse<String> health = ask(client, web, "/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("\"status\":\"degraded\"").contains("not connected yet");
      assertThat(starting.isDone()).isFalse();

      try (var open = new ServerSocket(door, 50, InetAddress.getLoopbackAddress())) {
        var _ =
            threads.submit(
                () -> letIn(open, new InetSocketAddress(real.getHost(), real.getPort())));
        try (TestKindred kindred = starting.get()) {
          assertThat(kindred.get("/ready").status()).isEqualTo(200);
          assertThat(kindred.get("/health").at("/status")).isEqualTo("healthy");
        }
      }
    }
  }

  private static HttpResponse<String> awaitAnswer(HttpClient client, int port)
      throws InterruptedException {
    while (true) {
      try {
        return ask(client, port, "/ready");
      } catch (IOException notListeningYet) {
        Thread.onSpinWait();
      }
    }
  }

  private static HttpResponse<String> ask(HttpClient client, int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Leads whoever comes to the database, until the door is closed. */
  private static Object letIn(ServerSocket door, InetSocketAddress database) {
    try {
      while (true) {
        Socket one = door.accept();
        var other = new Socket(database.getAddress(), database.getPort());
        Thread.startVirtualThread(() -> carry(one, other));
        Thread.startVirtualThread(() -> carry(other, one));
      }
    } catch (IOException closed) {
      return closed;
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // One side has closed, and so does the other.
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
