package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.InvalidRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How a receiver can tell that a message is ours. */
class LetterTest {

  /** The example of the Standard Webhooks specification. */
  private static final Letter EXAMPLE =
      new Letter(
          "msg_p5jXN8AQM9LWM0D4loKWxJek", "some.event", "{\"test\": 2432232314}".getBytes(UTF_8));

  private static final String EXAMPLE_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant EXAMPLE_TIME = Instant.ofEpochSecond(1_614_265_330);

  @Test
  void a_signature_is_that_of_the_standard() {
    var headers = EXAMPLE.headers(List.of(EXAMPLE_SECRET), EXAMPLE_TIME);

    assertThat(headers)
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void earlier_receivers_find_the_headers_that_they_look_at() {
    // echo -n '5.{}' | openssl dgst -sha256 -hmac 'a-secret-of-old-times'
    var letter = new Letter("evt_1", "model.updated", "{}".getBytes(UTF_8));

    var headers = letter.headers(List.of("a-secret-of-old-times"), Instant.ofEpochSecond(5));

    assertThat(headers)
        .containsEntry("X-Webhook-Event", "model.updated")
        .containsEntry("X-Webhook-Timestamp", "5")
        .containsEntry(
            "X-Webhook-Signature",
            "sha256=7d1863ac4464974c5b8c36e9dad9d354ea6aa1195334afc7291f891883fe185c")
        .doesNotContainKey("X-Webhook-Signature-Previous");
  }

  @Test
  void while_two_secrets_are_good_there_are_signatures_of_both() {
    String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    var alone = EXAMPLE.headers(List.of(EXAMPLE_SECRET), EXAMPLE_TIME);
    var otherAlone = EXAMPLE.headers(List.of(other), EXAMPLE_TIME);

    var both = EXAMPLE.headers(List.of(other, EXAMPLE_SECRET), EXAMPLE_TIME);

    assertThat(both)
        .containsEntry(
            "webhook-signature",
            otherAlone.get("webhook-signature") + " " + alone.get("webhook-signature"))
        .containsEntry("X-Webhook-Signature", otherAlone.get("X-Webhook-Signature"))
        .containsEntry("X-Webhook-Signature-Previous", alone.get("X-Webhook-Signature"));
  }

  @Test
  void a_secret_that_is_made_is_one_that_may_be_chosen() {
    String secret = Secrets.make(new SplittableRandom(1));

    assertThat(Secrets.require(secret)).isEqualTo(secret);
    assertThat(Secrets.key(secret)).hasSize(32);
    assertThat(Secrets.make(new SplittableRandom(2))).isNotEqualTo(secret);
  }

  @Test
  void a_secret_that_could_be_guessed_or_not_be_sent_is_refused() {
    for (String wrong :
        List.of(
            "short",
            "x".repeat(201),
            "with space in it all",
            "whsec_!!!!!!!!!!!!!!!!",
            "whsec_" + "QUJD".repeat(3),
            "ümlaute sind hier nicht gut")) {
      assertThatThrownBy(() -> Secrets.require(wrong)).isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void a_message_is_found_again_by_its_name() {
    assertThat(Letters.position(Letters.id(42))).isEqualTo(42);
    for (String wrong : List.of("", "evt_", "evt_x", "42", "evt_9999999999999999999")) {
      assertThat(Letters.position(wrong)).isEqualTo(-1);
    }
  }
}
