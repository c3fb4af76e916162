package dev.kindred.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.kindred.TestServices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium with one page, spoken to over its DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private String session = "";

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  /** Starts it with an empty profile in that folder. */
  static Browser start(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                TestServices.chromium(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--window-size=1200,900",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      var browser = new Browser(process, address(process));
      browser.openPage();
      return browser;
    } catch (Exception | Error failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  private static URI address(Process process) throws IOException {
    var said = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (!address.find()) continue;
      // What else it says is read and forgotten, so that it does not wait for us.
      Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
      return URI.create(address.group(1));
    }
    throw new IOException("the browser ended before it was ready");
  }

  private void openPage() throws Exception {
    JsonNode made = call("Target.createTarget", "{\"url\":\"about:blank\"}");
    String target = made.path("targetId").asString();
    session =
        call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}")
            .path("sessionId")
            .asString();
    call("Page.enable", "{}");
    call("Runtime.enable", "{}");
    call("Log.enable", "{}");
  }

  /**
   * What the page or the browser complained of: thrown, logged as an error, or against a policy.
   */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** From now on it is a telephone of that width. */
  void narrow(int width) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":800,\"deviceScaleFactor\":2,\"mobile\":true}".formatted(width));
  }

  /** Opens an address, and returns once the page has loaded. */
  void open(String address) throws Exception {
    events.clear();
    call("Page.navigate", "{\"url\":" + JSON.writeValueAsString(address) + "}");
    for (String event = next(); !event.equals("Page.loadEventFired"); event = next()) {
      // Something else happened on the way.
    }
  }

  private String next() throws InterruptedException {
    return requireNonNull(events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "an event in time");
  }

  /** What an expression comes to in the page; waits for it if it is a promise. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            "{\"expression\":%s,\"awaitPromise\":true,\"returnByValue\":true}"
                .formatted(JSON.writeValueAsString(expression)));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + " failed: " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  private JsonNode call(String method, String parameters) throws Exception {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    String inSession = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
    String message =
        "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}"
            .formatted(id, method, parameters, inSession);
    socket.sendText(message, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonNode said = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (said.has("error")) throw new AssertionError(method + " failed: " + said.path("error"));
    return said.path("result");
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        JsonNode message = JSON.readTree(part.toString());
        part.setLength(0);
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt(-1));
        if (answer != null) answer.complete(message);
        else happened(message);
      }
      from.request(1);
      return null;
    }

    private void happened(JsonNode message) {
      String method = message.path("method").asString();
      JsonNode said = message.path("params");
      boolean isComplaint =
          switch (method) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> said.path("type").asString().equals("error");
            case "Log.entryAdded" -> said.at("/entry/level").asString().equals("error");
            default -> false;
          };
      if (isComplaint) complaints.add(said.toString());
      events.add(method);
    }
  }
}
