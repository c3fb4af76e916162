package dev.kindred.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that have become WebSockets. Safe for any number of threads. */
final class Sockets {

  /** What is done with one; returns when it is to end. Runs on the connection's own thread. */
  @FunctionalInterface
  interface Talk {
    void with(WebSocket socket);
  }

  static final int MESSAGE_BYTES_MAX = 4 << 10;

  /** Whoever is silent for longer, though it is pinged, is gone. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(90);

  private final Set<WebSocket> open = ConcurrentHashMap.newKeySet();

  /** Answers the request that asked for it, and talks. */
  void run(Connection connection, Exchange exchange) {
    Talk talk = requireNonNull(exchange.talk());
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + WebSocket.accept(exchange.header("Sec-WebSocket-Key").orElseThrow())
            + "\r\n\r\n";
    var socket =
        new WebSocket(
            connection.dataReader(),
            connection.dataWriter(),
            MESSAGE_BYTES_MAX,
            () -> connection.isSocket(SILENCE_MAX));
    connection.isSocket(SILENCE_MAX);
    open.add(socket);
    try {
      connection.dataWriter().writeNow(BufferData.create(head.getBytes(ISO_8859_1)));
      talk.with(socket);
    } catch (RuntimeException gone) {
      throw new CloseConnectionException("a WebSocket broke off", gone);
    } finally {
      open.remove(socket);
    }
  }

  int size() {
    return open.size();
  }

  /** Tells all of them that the server goes away. */
  void close() {
    for (WebSocket socket : open) {
      // Where a client does not read, this would wait.
      Thread.startVirtualThread(() -> socket.close(WebSocket.GOING_AWAY, "shutting down"));
    }
  }
}
