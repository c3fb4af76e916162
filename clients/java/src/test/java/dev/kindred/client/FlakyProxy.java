package dev.kindred.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes requests on to the real server, except as its mishaps say, one a request. */
final class FlakyProxy implements AutoCloseable {

  /** What a request meets instead of the server. */
  sealed interface Mishap {
    /** An answer that is not Kindred's. */
    record Status(int status, Map<String, String> headers) implements Mishap {}

    /** The connection breaks before the server hears of it, or after it has done what was asked. */
    record Break(boolean afterwards) implements Mishap {}

    /** No answer until the proxy is closed. */
    record Hang() implements Mishap {}
  }

  static final Mishap REFUSE = new Mishap.Break(false);
  static final Mishap LOSE = new Mishap.Break(true);

  record Seen(String line, Map<String, List<String>> headers) {}

  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection", "content-length", "host", "upgrade", "http2-settings", "transfer-encoding");

  final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FlakyProxy() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static Mishap status(int status) {
    return new Mishap.Status(status, Map.of());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    seen.add(
        new Seen(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders())));
    Mishap mishap = mishaps.poll();
    try {
      if (mishap == null) {
        answer(exchange, passedOn(exchange, body));
      } else if (mishap instanceof Mishap.Status told) {
        told.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] text =
            "<html>no Kindred here</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(told.status, text.length);
        exchange.getResponseBody().write(text);
      } else if (mishap instanceof Mishap.Hang) {
        closing.await();
      } else if (mishap.equals(LOSE)) {
        passedOn(exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close(); // without an answer this breaks the connection
    }
  }

  private HttpResponse<byte[]> passedOn(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(TestServer.URL + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> real) throws IOException {
    real.headers()
        .map()
        .forEach((name, values) -> {
          if (!OWN_HEADERS.contains(name) && !name.startsWith(":"))
            exchange.getResponseHeaders().put(name, values);
        });
    byte[] body = real.body();
    exchange.sendResponseHeaders(real.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
  }
}
