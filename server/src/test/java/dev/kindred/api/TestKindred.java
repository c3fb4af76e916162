package dev.kindred.api;

import dev.kindred.App;
import dev.kindred.config.LiveConfig;
import dev.kindred.testing.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as it runs in production, on a free port of this machine. */
final class TestKindred implements AutoCloseable {

  static final String KEY = "test-admin-key-0123456789";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final App app;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestKindred(App app) {
    this.app = app;
  }

  /** On SQLite in a folder of its own. */
  static TestKindred onSqlite(Path folder, Map<String, String> variables) {
    return onSqlite(folder, variables, Clock.systemUTC());
  }

  /** The same with a clock of one's own. */
  static TestKindred onSqlite(Path folder, Map<String, String> variables, Clock clock) {
    var all = new HashMap<>(Map.of("KINDRED_DATA", folder.toString()));
    all.putAll(variables);
    return start(all, clock);
  }

  static TestKindred start(Map<String, String> variables) {
    return start(variables, Clock.systemUTC());
  }

  private static TestKindred start(Map<String, String> variables, Clock clock) {
    var all =
        new HashMap<>(
            Map.of(
                "HOST", "127.0.0.1",
                "PORT", "0",
                "API_KEY", KEY,
                "RATE_LIMIT_ENABLED", "false",
                "ENABLE_MULTI_TENANCY", "true",
                "SHUTDOWN_DRAIN_SECS", "0",
                "SHUTDOWN_TIMEOUT_SECS", "5"));
    all.putAll(variables);
    return new TestKindred(App.start(LiveConfig.load(Map.of(), all, clock), clock));
  }

  /** An answer, with its body as JSON where it is some. */
  record Reply(int status, HttpResponse<String> response) {

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** The value at a JSON pointer, as text. */
    String at(String pointer) {
      return json().at(pointer).asString("");
    }

    long position() {
      return response.headers().firstValueAsLong("X-Kindred-Position").orElse(-1);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Reply get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  Reply post(String path, String json, String... headers) throws IOException, InterruptedException {
    return send("POST", path, json, headers);
  }

  Reply put(String path, String json) throws IOException, InterruptedException {
    return send("PUT", path, json);
  }

  Reply patch(String path, String json) throws IOException, InterruptedException {
    return send("PATCH", path, json);
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "");
  }

  /** Sends a request; {@code headers} are names and values in turn, and go over the usual ones. */
  Reply send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    request.setHeader("X-API-Key", KEY);
    if (!body.isEmpty()) request.setHeader("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Reply(response.statusCode(), response);
  }

  /** The job at that path, once it has ended. */
  JsonNode ended(String job) throws Exception {
    return Patience.until(() -> get(job).json(), now -> now.has("finished_at"));
  }

  URI uri(String path) {
    return URI.create(app.address() + path);
  }

  @Override
  public void close() {
    client.close();
    app.close();
  }
}
