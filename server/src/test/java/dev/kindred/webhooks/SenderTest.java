package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.testing.SettableClock;
import dev.kindred.webhooks.Receiver.Reaction;
import dev.kindred.webhooks.Receiver.Reaction.Say;
import dev.kindred.webhooks.Sender.Result;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One try ends in time and well, whatever the receiver does. */
class SenderTest {

  private static final List<String> SECRETS = List.of("a-secret-of-old-times");
  private static final Letter LETTER =
      new Letter("evt_7", "model.updated", "{\"ü\":1}".getBytes(UTF_8));
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
  private final SettableClock clock = SettableClock.atNoon();

  @AfterEach
  void stop() {
    alarms.shutdownNow();
  }

  @Test
  void a_letter_arrives_as_it_is_with_its_headers() throws Exception {
    try (var receiver = Receiver.friendly()) {
      Result result = sender(PATIENT).send(receiver.url(), SECRETS, LETTER);

      assertThat(result.succeeded()).isTrue();
      assertThat(result.status()).hasValue(204);
      var received = receiver.received().getFirst();
      assertThat(received.requestLine()).isEqualTo("POST /hook?a=b HTTP/1.1");
      assertThat(received.header("Host")).isEqualTo("127.0.0.1:" + receiver.port());
      assertThat(received.header("Content-Type")).isEqualTo("application/json");
      assertThat(received.body()).isEqualTo("{\"ü\":1}");
      LETTER
          .headers(SECRETS, clock.now())
          .forEach((name, value) -> assertThat(received.header(name)).isEqualTo(value));
    }
  }

  @Test
  void any_other_status_than_success_is_a_try_in_vain() throws Exception {
    for (int status : List.of(304, 400, 401, 404, 410, 429, 500, 503)) {
      try (var receiver = Receiver.of(_ -> Receiver.status(status))) {
        Result result = sender(PATIENT).send(receiver.url(), SECRETS, LETTER);
        assertThat(result.status()).hasValue(status);
        assertThat(result.problem()).isEqualTo("answered with status " + status);
      }
    }
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    try (var secret = Receiver.friendly();
        var receiver =
            Receiver.of(_ ->
                new Say(
                    "HTTP/1.1 307 There\r\nLocation: "
                        + secret.url()
                        + "\r\nContent-Length: 0\r\n\r\n",
                    true))) {
      Result result = sender(PATIENT).send(receiver.url(), SECRETS, LETTER);

      assertThat(result.status()).hasValue(307);
      assertThat(result.succeeded()).isFalse();
      assertThat(secret.connections()).isZero();
    }
  }

  @Test
  void a_receiver_that_hangs_is_left_when_the_time_is_up() throws Exception {
    try (var receiver = Receiver.of(_ -> new Reaction.Hang())) {
      Result result = sender(SHORT).send(receiver.url(), SECRETS, LETTER);

      assertThat(result.status()).isEmpty();
      assertThat(result.problem()).isEqualTo("no answer within 300 ms");
    }
  }

  @Test
  void a_receiver_that_never_comes_to_an_end_is_left_too() throws Exception {
    List<String> beginnings =
        List.of(
            "",
            "HTTP/1.1 ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nX: ",
            "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
    for (String beginning : beginnings) {
      try (var receiver = Receiver.of(_ -> new Reaction.Drip(beginning))) {
        Result result = sender(PATIENT).send(receiver.url(), SECRETS, LETTER);
        // The last one did succeed: what follows the status is not waited for beyond its bound.
        if (!beginning.contains("Content-Length")) assertThat(result.succeeded()).isFalse();
      }
    }
  }

  @Test
  void a_connection_that_breaks_off_is_a_try_in_vain() throws Exception {
    try (var receiver = Receiver.of(_ -> new Reaction.Reset())) {
      Result result = sender(PATIENT).send(receiver.url(), SECRETS, LETTER);

      assertThat(result.status()).isEmpty();
      assertThat(result.problem()).isNotEmpty();
    }
  }

  @Test
  void nobody_there_is_a_try_in_vain() throws Exception {
    String url;
    try (var receiver = Receiver.friendly()) {
      url = receiver.url();
    }
    assertThat(sender(PATIENT).send(url, SECRETS, LETTER).problem())
        .isEqualTo("the host refuses connections");
  }

  @Test
  void what_is_not_http_is_a_try_in_vain() throws Exception {
    for (String nonsense :
        List.of(
            "SSH-2.0-OpenSSH_9.2\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
            "HTTP/1.1 100 Go on\r\n\r\n".repeat(50))) {
      try (var receiver = Receiver.of(_ -> new Say(nonsense, false))) {
        assertThat(sender(PATIENT).send(receiver.url(), SECRETS, LETTER).succeeded()).isFalse();
      }
    }
  }

  @Test
  void letters_to_one_receiver_share_a_connection_as_long_as_it_keeps_it() throws Exception {
    var count = new AtomicInteger();
    try (var receiver =
            Receiver.of(_ -> {
              // Every third answer is the last of its connection, without a word about it.
              boolean isLast = count.incrementAndGet() % 3 == 0;
              String body = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
              return new Say(body, !isLast);
            });
        var line = sender(PATIENT).open(receiver.url())) {
      for (int i = 0; i < 10; i++) assertThat(line.send(SECRETS, LETTER).succeeded()).isTrue();

      assertThat(receiver.received()).hasSize(10);
      assertThat(receiver.connections()).isEqualTo(4);
    }
  }

  @Test
  void a_name_that_leads_to_a_private_address_is_refused_without_connecting() throws Exception {
    try (var receiver = Receiver.friendly()) {
      var loopback = InetAddress.getLoopbackAddress();
      var addresses = new Addresses(_ -> new InetAddress[] {loopback}, false);
      Result result =
          sender(addresses, PATIENT)
              .send("http://innocent.example:" + receiver.port() + "/", SECRETS, LETTER);

      assertThat(result.problem()).contains("WEBHOOK_ALLOW_PRIVATE");
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  void a_name_is_looked_up_once_and_the_connection_goes_to_what_was_judged() throws Exception {
    var lookups = new AtomicInteger();
    try (var receiver = Receiver.friendly()) {
      var addresses =
          new Addresses(
              host -> {
                assertThat(host).isEqualTo("rebinding.example");
                lookups.incrementAndGet();
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
              },
              true);
      String url = "http://rebinding.example:" + receiver.port() + "/";

      assertThat(sender(addresses, PATIENT).send(url, SECRETS, LETTER).succeeded()).isTrue();

      assertThat(lookups).hasValue(1);
      assertThat(receiver.received().getFirst().header("host"))
          .isEqualTo("rebinding.example:" + receiver.port());
    }
  }

  private Sender sender(Duration timeout) {
    return sender(Addresses.of(true), timeout);
  }

  private Sender sender(Addresses addresses, Duration timeout) {
    var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    return new Sender(addresses, tls, timeout, alarms, clock);
  }
}
