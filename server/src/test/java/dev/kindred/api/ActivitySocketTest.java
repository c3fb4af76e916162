package dev.kindred.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Live counters over a real WebSocket. */
class ActivitySocketTest {

  private static final String PATH = "/ws/activity";
  private static final String SHOP = "https://shop.example";
  private static final long PATIENCE_SECONDS = 30;

  @TempDir private Path folder;
  private TestKindred kindred;
  private HttpClient client;

  @BeforeEach
  void start() {
    kindred = TestKindred.onSqlite(folder, Map.of());
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    kindred.close();
  }

  @Test
  void a_page_is_told_what_is_going_on_with_a_product_and_when_it_changes() throws Exception {
    record("ann", "view");
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);

    page.say("{\"type\":\"subscribe\",\"productId\":\"mug\"}");

    JsonNode first = page.next();
    assertThat(first.path("type").asString()).isEqualTo("activity");
    assertThat(first.path("productId").asString()).isEqualTo("mug");
    assertThat(first.path("viewingNow").asInt()).isEqualTo(1);
    assertThat(first.path("recentViews").asInt()).isEqualTo(1);
    assertThat(first.path("recentSales").asInt()).isZero();
    assertThat(Instant.parse(first.path("timestamp").asString())).isAfter(Instant.EPOCH);
    record("bob", "purchase");
    record("bob", "add_to_cart");
    JsonNode last = page.next();
    while (last.path("addedToCart").asInt() == 0) last = page.next();
    assertThat(last.path("recentSales").asInt()).isEqualTo(1);
  }

  @Test
  void a_product_that_nobody_knows_has_nothing_going_on_until_it_has() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    page.say("{\"type\":\"subscribe\",\"productId\":\"mug\"}");
    assertThat(page.next().path("recentViews").asInt()).isZero();

    record("ann", "view");

    assertThat(page.next().path("viewingNow").asInt()).isEqualTo(1);
  }

  @Test
  void a_publishable_key_in_the_address_opens_it_for_pages_of_its_origins_only() throws Exception {
    String secret =
        kindred
            .post(
                "/api/v1/keys",
                "{\"kind\":\"publishable\",\"tenant_id\":\"default\",\"origins\":[\""
                    + SHOP
                    + "\"]}")
            .at("/key");

    var page = connect(PATH + "?api_key=" + secret, "Origin", SHOP);
    page.say("{\"type\":\"ping\"}");
    assertThat(page.next().path("type").asString()).isEqualTo("pong");

    for (String other : List.of("https://evil.example", "null")) {
      assertThat(refused(PATH + "?api_key=" + secret, "Origin", other)).isEqualTo(403);
    }
    assertThat(refused(PATH + "?api_key=" + secret)).isEqualTo(403);
    assertThat(refused(PATH + "?api_key=wrong", "Origin", SHOP)).isEqualTo(401);
    assertThat(refused(PATH, "Origin", SHOP)).isEqualTo(401);
    assertThat(refused(PATH, "X-API-Key", TestKindred.KEY, "Origin", "https://evil.example"))
        .isEqualTo(403);
  }

  @Test
  void what_is_wrong_with_a_message_is_told_and_the_talk_goes_on() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    for (String wrong :
        List.of(
            "nonsense",
            "{}",
            "{\"type\":\"dance\"}",
            "{\"type\":\"subscribe\"}",
            "{\"type\":\"subscribe\",\"productId\":\"\"}",
            "[]")) {
      page.say(wrong);
      JsonNode answer = page.next();
      assertThat(answer.path("type").asString()).as(wrong).isEqualTo("error");
      assertThat(answer.path("message").asString()).isNotEmpty();
    }
    for (int i = 0; i <= 100; i++) {
      page.say("{\"type\":\"subscribe\",\"productId\":\"p" + i + "\"}");
    }
    JsonNode answer = page.next();
    while (!answer.path("type").asString().equals("error")) answer = page.next();
    assertThat(answer.path("message").asString()).contains("at most 100");
    page.say("{\"type\":\"unsubscribe\",\"productId\":\"p1\"}");
    page.say("{\"type\":\"ping\"}");
    while (!answer.path("type").asString().equals("pong")) answer = page.next();
  }

  @Test
  void a_page_that_says_too_much_is_not_heard() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    for (int i = 0; i < 400; i++) page.say("{\"type\":\"ping\"}");

    JsonNode answer = page.next();
    while (answer.path("type").asString().equals("pong")) answer = page.next();
    assertThat(answer.path("message").asString()).contains("at most 600");
  }

  @Test
  void a_message_in_pieces_is_one_message_and_a_long_one_ends_the_talk() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    page.socket.sendText("{\"type\":", false).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    page.socket
        .sendPing(ByteBuffer.wrap(new byte[] {1, 2}))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    page.socket.sendText("\"ping\"}", true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(page.next().path("type").asString()).isEqualTo("pong");

    page.say("{\"type\":\"" + "x".repeat(5_000) + "\"}");
    assertThat(page.closed()).isEqualTo(1_009);
  }

  @Test
  void a_page_that_says_good_bye_is_answered() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    page.socket.sendClose(3_001, "enough").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(page.closed()).isEqualTo(3_001);
  }

  @Test
  void binary_messages_end_the_talk() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    page.socket
        .sendBinary(ByteBuffer.wrap(new byte[] {1}), true)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(page.closed()).isEqualTo(1_003);
  }

  @Test
  void what_breaks_the_protocol_ends_the_talk_with_the_reason() throws Exception {
    Map<String, Integer> wrong =
        Map.of(
            "no mask", 0x8105,
            "reserved bits", 0xc185,
            "unknown frame", 0x8385,
            "nothing to go on with", 0x8085);
    for (var each : wrong.entrySet()) {
      assertThat(closeCodeAfter(each.getValue())).as(each.getKey()).isEqualTo(1_002);
    }
  }

  @Test
  void a_request_that_does_not_ask_for_a_socket_is_told_so() throws Exception {
    assertThat(kindred.get(PATH).status()).isEqualTo(426);
  }

  @Test
  void a_server_that_stops_says_so() throws Exception {
    var page = connect(PATH, "X-API-Key", TestKindred.KEY);
    page.say("{\"type\":\"ping\"}");
    page.next();

    kindred.close();

    assertThat(page.closed()).isEqualTo(1_001);
  }

  private void record(String user, String type) throws Exception {
    var recorded =
        kindred.post(
            "/api/v1/interactions",
            "{\"user_id\":\"%s\",\"entity_id\":\"mug\",\"interaction_type\":\"%s\"}"
                .formatted(user, type));
    assertThat(recorded.status()).isEqualTo(201);
  }

  /** Sends the beginning of a frame over a bare connection; returns why the server ended it. */
  private int closeCodeAfter(int head) throws IOException {
    URI address = kindred.uri("/");
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          """
          GET /ws/activity HTTP/1.1
          Host: there
          X-API-Key: %s
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """
              .formatted(TestKindred.KEY)
              .replace("\n", "\r\n");
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      InputStream in = socket.getInputStream();
      var answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\n") < 0) answer.append((char) in.read());
      // The example of RFC 6455, section 1.3.
      assertThat(answer.toString()).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      byte[] frame = new byte[11];
      frame[0] = (byte) (head >> 8);
      frame[1] = (byte) head;
      socket.getOutputStream().write(frame);
      assertThat(in.read()).isEqualTo(0x88);
      assertThat(in.read()).isGreaterThanOrEqualTo(2);
      return in.read() << 8 | in.read();
    }
  }

  private int refused(String path, String... headers) {
    var thrown = new int[1];
    assertThatThrownBy(() -> connect(path, headers))
        .isInstanceOf(CompletionException.class)
        .cause()
        .satisfies(failure ->
            thrown[0] = ((WebSocketHandshakeException) failure).getResponse().statusCode());
    return thrown[0];
  }

  private Page connect(String path, String... headers) {
    URI address = URI.create(kindred.uri(path).toString().replaceFirst("^http", "ws"));
    var page = new Page();
    var builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    page.socket = builder.buildAsync(address, page).join();
    return page;
  }

  /** A page of a shop, as far as it listens. */
  @SuppressWarnings("NullAway.Init") // It has its socket when it is connected.
  private static final class Page implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ends.add(code);
      return null;
    }

    void say(String message) throws Exception {
      socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    JsonNode next() throws InterruptedException {
      String next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a message in time").isNotNull();
      return JsonMapper.shared().readTree(requireNonNull(next));
    }

    int closed() throws InterruptedException {
      Integer end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(end).as("an end in time").isNotNull();
      return requireNonNull(end);
    }
  }
}
