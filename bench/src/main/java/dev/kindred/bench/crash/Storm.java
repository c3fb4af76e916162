package dev.kindred.bench.crash;

import dev.kindred.bench.process.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many writers at once, each sending its next write as soon as it has an answer, until the server
 * is gone.
 */
final class Storm {

  private static final int WRITERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Thread> writers = new ArrayList<>();
  private final HttpClient client;
  private final ServerProcess server;
  private final Ledger ledger;
  private final Object acknowledged = new Object();
  private long count;

  private Storm(ServerProcess server, HttpClient client, Ledger ledger) {
    this.server = server;
    this.client = client;
    this.ledger = ledger;
  }

  static Storm start(ServerProcess server, HttpClient client, Ledger ledger) {
    var storm = new Storm(server, client, ledger);
    for (int i = 0; i < WRITERS; i++) {
      int user = i;
      storm.writers.add(Thread.ofVirtual().start(() -> storm.write(user)));
    }
    return storm;
  }

  private void write(int user) {
    try {
      while (true) {
        String eventId = ledger.sending(user);
        HttpResponse<String> response =
            client.send(request(user, eventId), HttpResponse.BodyHandlers.ofString());
        // A server that cannot keep up says so, and has kept nothing that it would have to stand
        // by.
        if (response.statusCode() == 503) continue;
        if (response.statusCode() != 201) return;
        ledger.acknowledged(eventId);
        synchronized (acknowledged) {
          count++;
          acknowledged.notifyAll();
        }
      }
    } catch (IOException gone) {
      // The server was killed: what was under way may or may not be there.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(int user, String eventId) {
    String body =
        "{\"user_id\":\"user-%d\",\"entity_id\":\"product-%d\",\"interaction_type\":\"view\",\"event_id\":\"%s\"}"
            .formatted(user, eventId.hashCode() & 1023, eventId);
    return HttpRequest.newBuilder(server.uri("/api/v1/interactions"))
        .timeout(PATIENCE)
        .header("X-API-Key", ServerProcess.KEY)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Waits until so many writes were acknowledged. */
  void awaitAcknowledged(long wanted) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    synchronized (acknowledged) {
      while (count < wanted && System.nanoTime() < deadline) acknowledged.wait(1_000);
      if (count < wanted)
        throw new IllegalStateException("only " + count + " writes were acknowledged");
    }
  }

  static int writerCount() {
    return WRITERS;
  }

  /** Waits until every writer has noticed that the server is gone. */
  void awaitEnd() throws InterruptedException {
    for (Thread writer : writers) writer.join();
  }
}
