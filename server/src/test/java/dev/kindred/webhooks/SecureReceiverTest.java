package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.testing.SettableClock;
import dev.kindred.webhooks.Sender.Result;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real receivers over HTTPS: nothing is told to one that cannot prove who it is. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class SecureReceiverTest {

  private static final String HOST = "hooks.example";
  private static final List<String> SECRETS = List.of("a-secret-of-old-times");
  private static final Letter LETTER = new Letter("evt_7", "model.updated", "{}".getBytes(UTF_8));
  private static final String NOT_PROVEN =
      "no secure connection: is the certificate good for this host?";

  @TempDir private static Path folder;
  private static TestAuthority authority;

  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();

  @BeforeAll
  static void makeAuthority() throws Exception {
    authority = TestAuthority.in(folder);
  }

  @AfterEach
  void stop() {
    alarms.shutdownNow();
  }

  @Test
  void a_letter_arrives_at_a_receiver_whose_authority_is_trusted() throws Exception {
    try (var receiver = receiver(authority.receiver("dns:" + HOST))) {
      Result result = send(receiver, trusting(authority));

      assertThat(result.problem()).isEmpty();
      assertThat(receiver.received().getFirst().requestLine()).isEqualTo("POST /hook HTTP/1.1");
      assertThat(receiver.received().getFirst().header("Host"))
          .isEqualTo(HOST + ":" + receiver.port());
    }
  }

  @Test
  void nothing_is_told_to_a_receiver_of_an_authority_that_nobody_trusts() throws Exception {
    try (var receiver = receiver(authority.receiver("dns:" + HOST))) {
      assertRefused(receiver, TrustedRoots.and(List.of()));
    }
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    TestAuthority other = TestAuthority.in(elsewhere);
    try (var receiver = receiver(other.receiver("dns:" + HOST))) {
      assertRefused(receiver, trusting(authority));
    }
  }

  @Test
  void nothing_is_told_to_a_receiver_that_proves_to_be_somebody_else() throws Exception {
    // The address is right, and still it is the name that was asked for that has to be proved.
    try (var receiver = receiver(authority.receiver("dns:other.example", "ip:127.0.0.1"))) {
      assertRefused(receiver, trusting(authority));
    }
  }

  @Test
  void nothing_is_told_to_a_receiver_whose_proof_has_expired() throws Exception {
    try (var receiver = receiver(authority.expired("dns:" + HOST))) {
      assertRefused(receiver, trusting(authority));
    }
  }

  @Test
  void nothing_is_told_to_a_receiver_that_speaks_no_tls() throws Exception {
    try (var receiver = Receiver.friendly()) {
      Result result = send(receiver, trusting(authority));

      assertThat(result.succeeded()).isFalse();
      assertThat(receiver.received()).isEmpty();
    }
  }

  @Test
  void who_is_trusted_anyway_still_is_when_others_are_added() throws Exception {
    // What Java trusts is there beside the own authority: as many roots, and one more.
    int usual = TrustedRoots.usual().size();

    assertThat(usual).isGreaterThan(20);
    assertThat(TrustedRoots.with(TrustedRoots.read(authority.pem()))).hasSize(usual + 1);
  }

  @Test
  void a_file_that_holds_no_certificates_is_refused_by_name() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> TrustedRoots.read(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing.pem cannot be read");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(() -> TrustedRoots.read(empty)).hasMessageContaining("holds no certificate");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n");
    assertThatThrownBy(() -> TrustedRoots.read(broken)).hasMessageContaining("broken.pem holds");
  }

  @Test
  void a_file_may_hold_several_certificates_and_words_about_them() throws Exception {
    String one = Files.readString(authority.pem());
    Path bundle =
        Files.writeString(folder.resolve("bundle.pem"), "# ours\n" + one + "\n# b\n" + one);

    assertThat(TrustedRoots.read(bundle)).hasSize(2);
  }

  private static Receiver receiver(SSLServerSocketFactory sockets) throws Exception {
    return Receiver.over(sockets, _ -> Receiver.status(204));
  }

  private static SSLSocketFactory trusting(TestAuthority whom) throws Exception {
    return TrustedRoots.and(TrustedRoots.read(whom.pem()));
  }

  private Result send(Receiver receiver, SSLSocketFactory tls) {
    var addresses = new Addresses(_ -> new InetAddress[] {InetAddress.getLoopbackAddress()}, true);
    var sender = new Sender(addresses, tls, Duration.ofSeconds(30), alarms, SettableClock.atNoon());
    return sender.send("https://" + HOST + ":" + receiver.port() + "/hook", SECRETS, LETTER);
  }

  private void assertRefused(Receiver receiver, SSLSocketFactory tls) {
    Result result = send(receiver, tls);

    assertThat(result.problem()).isEqualTo(NOT_PROVEN);
    assertThat(receiver.received()).isEmpty();
  }
}
