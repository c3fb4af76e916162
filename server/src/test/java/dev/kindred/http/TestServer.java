package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Change;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import dev.kindred.trace.Tracing;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A rim with a memory store and a few small handlers behind it, to be asked over real HTTP. */
final class TestServer implements AutoCloseable {

  static final String ADMIN = "admin-secret";

  final SettableClock clock = SettableClock.atNoon();
  final MemoryStore store = new MemoryStore(clock);
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final List<Component> components = new ArrayList<>();
  final AtomicInteger handled = new AtomicInteger();
  final TestFreshness freshness = new TestFreshness();
  final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(HttpSettings settings, List<Component> components) {
    this.components.addAll(components);
    server =
        new HttpServer(
            settings,
            new Operations(
                "1.2.3",
                metrics,
                this.components,
                () -> List.of(new Operations.ShownSetting("PORT", "0", "flag")),
                () ->
                    new Operations.ShownReading(
                        Instant.EPOCH, List.of(), List.of(), List.of("no such key")),
                Tracing.OFF,
                Optional.empty(),
                clock));
  }

  /** A server with an admin key and without a rate limit. */
  static TestServer start() {
    return start(settings -> settings);
  }

  static TestServer start(UnaryOperator<HttpSettings> change) {
    var test = new TestServer(change.apply(plain()), List.of());
    test.server.start();
    test.open();
    return test;
  }

  /** A server that is not opened yet. */
  static TestServer closed(UnaryOperator<HttpSettings> change, Component... components) {
    return new TestServer(change.apply(plain()), List.of(components));
  }

  void open() {
    open(new TestRoutes(this).all());
  }

  void open(List<Route> routes) {
    server.open(
        routes,
        new Backing(
            store.keys()::all,
            tenant -> store.tenant(tenant).answers(),
            submission -> store.log().append(List.of(submission)).getFirst(),
            freshness));
  }

  private static HttpSettings plain() {
    var off = new HttpSettings.RateLimit(false, 1_000, 100, List.of());
    return With.quickShutdown(
        With.rateLimit(
            With.adminKey(HttpSettings.defaults("127.0.0.1", 0), Optional.of(ADMIN)), off));
  }

  /** Keeps a new key and tells the rim; returns its secret. */
  String key(ApiKey.Kind kind, Optional<String> tenant, List<String> origins) {
    return key(kind, tenant, origins, OptionalInt.empty());
  }

  String key(
      ApiKey.Kind kind, Optional<String> tenant, List<String> origins, OptionalInt perMinute) {
    String secret = "secret-" + kind.word() + "-" + store.keys().all().size();
    var key =
        new ApiKey(
            "key-" + store.keys().all().size(),
            "test",
            sha256(secret),
            kind,
            tenant.map(TenantId::new),
            origins,
            perMinute,
            clock.instant(),
            Optional.empty());
    append(new Change.CreateKey(key));
    server.reloadKeys();
    return secret;
  }

  List<Outcome> append(Change change) {
    var submission = Submission.of(new TenantId("default"), change);
    return store.log().append(List.of(submission)).getFirst().outcomes();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** A request as admin. */
  HttpRequest.Builder to(String path) {
    return anonymous(path).header("X-API-Key", ADMIN);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder post(String path, String json) {
    return to(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path));
  }

  /** Sends lines, each ended as HTTP wants it, and reads until the server closes. */
  String raw(String lines) throws IOException {
    return rawBytes(lines.replace("\n", "\r\n").getBytes(UTF_8));
  }

  /** Sends bytes as they are and reads until the server closes. */
  String rawBytes(byte[] bytes) throws IOException {
    try (var socket = socket()) {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  Socket socket() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String sha256(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
