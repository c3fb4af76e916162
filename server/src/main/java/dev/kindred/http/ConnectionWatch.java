package dev.kindred.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Knows every open connection, and ends those whose client takes longer than it may. */
final class ConnectionWatch implements ServerConnectionSelector, AutoCloseable {

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final Http1ConnectionSelector http1;
  private final Router router;
  private final Supplier<HttpSettings.Limits> limits;
  private final Supplier<byte[]> timeoutAnswer;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts watching.
   *
   * @param router leads every connection to the rim
   * @param timeoutAnswer what a client is told whose request does not come to an end, head and all
   */
  ConnectionWatch(
      Http1ConnectionSelector http1,
      Router router,
      Supplier<HttpSettings.Limits> limits,
      Supplier<byte[]> timeoutAnswer) {
    this.http1 = http1;
    this.router = router;
    this.limits = limits;
    this.timeoutAnswer = timeoutAnswer;
    this.thread = Thread.ofPlatform().daemon().name("http-connection-watch").start(this::watch);
  }

  int openConnections() {
    return open.size();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var connection = new Connection(context, router, limits.get());
    return new Watched(connection, http1.connection(connection));
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(PERIOD);
      } catch (InterruptedException stop) {
        return;
      }
      long now = System.nanoTime();
      for (Connection connection : open) {
        switch (connection.judge(now)) {
          case FINE -> {}
          case CLOSE_SILENTLY -> connection.end(new byte[0]);
          // Writing may block where the client does not read either.
          case TELL_AND_CLOSE ->
              Thread.startVirtualThread(() -> connection.end(timeoutAnswer.get()));
        }
      }
    }
  }

  private final class Watched implements ServerConnection, InterruptableTask<Void> {
    private final Connection connection;
    private final ServerConnection http;

    Watched(Connection connection, ServerConnection http) {
      this.connection = connection;
      this.http = http;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      open.add(connection);
      try {
        http.handle(limit);
      } finally {
        open.remove(connection);
      }
    }

    @Override
    public boolean canInterrupt() {
      return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
      // The watch looks after idle connections itself.
      return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
      http.close(interrupt);
    }
  }
}
