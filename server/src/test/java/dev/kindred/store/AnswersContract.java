package dev.kindred.store;

import static dev.kindred.store.Shop.draft;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.Submission.RememberedAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Submissions with an idempotency key take effect once, and are answered as they were first. */
public abstract class AnswersContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final EntityKey COAT = EntityKey.of("product", "coat");

  protected AnswersContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void an_answer_comes_back_as_it_was_given() {
    Receipt receipt = shop.submit(once("key-1", "request-1", create(BOOTS)));

    assertThat(receipt.outcomes()).hasSize(1);
    assertThat(receipt.replayed()).isEmpty();
    RememberedAnswer answer = shop.data().answers().find("key-1").orElseThrow();
    assertThat(answer.requestHash()).isEqualTo("request-1");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.contentType()).isEqualTo("text/plain");
    assertThat(answer.location()).contains("/here/1");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("stored at 1");
    assertThat(shop.data().answers().find("key-2")).isEmpty();
  }

  @Test
  void the_same_submission_again_keeps_nothing_and_gets_the_first_answer() {
    shop.submit(once("key-1", "request-1", create(BOOTS)));
    shop.put(COAT, "{}");
    Submission again = once("key-1", "request-1", create(BOOTS));

    Receipt receipt = shop.submit(again);

    assertThat(receipt.outcomes()).isEmpty();
    assertThat(receipt.position()).isEqualTo(2);
    assertThat(new String(receipt.replayed().orElseThrow().body(), UTF_8)).isEqualTo("stored at 1");
    assertThat(store.log().head()).isEqualTo(2);
  }

  @Test
  void the_same_submission_twice_in_one_append_is_kept_once() {
    List<Receipt> receipts =
        store
            .log()
            .append(
                List.of(
                    once("key-1", "request-1", create(BOOTS)),
                    once("key-1", "request-1", create(BOOTS))));

    assertThat(receipts.get(0).replayed()).isEmpty();
    assertThat(receipts.get(1).replayed()).isPresent();
    assertThat(receipts.get(1).outcomes()).isEmpty();
    assertThat(receipts.get(1).position()).isEqualTo(1);
    assertThat(store.log().head()).isEqualTo(1);
  }

  @Test
  void the_same_key_with_another_request_is_unprocessable() {
    shop.submit(once("key-1", "request-1", create(BOOTS)));

    Receipt receipt = shop.submit(once("key-1", "request-2", create(COAT), create(BOOTS)));

    assertThat(receipt.replayed()).isEmpty();
    assertThat(receipt.outcomes())
        .hasSize(2)
        .allSatisfy(outcome ->
            assertThat(((Outcome.Refused) outcome).reason().code())
                .isEqualTo(ErrorCode.UNPROCESSABLE));
    assertThat(shop.data().catalog().find(COAT)).isEmpty();
    assertThat(shop.data().answers().find("key-1").orElseThrow().requestHash())
        .isEqualTo("request-1");
  }

  @Test
  void a_refusal_is_remembered_too() {
    shop.put(BOOTS, "{}");
    shop.submit(once("key-1", "request-1", create(BOOTS)));
    shop.delete(BOOTS);

    Receipt again = shop.submit(once("key-1", "request-1", create(BOOTS)));

    assertThat(new String(again.replayed().orElseThrow().body(), UTF_8)).isEqualTo("refused");
    assertThat(shop.data().catalog().find(BOOTS)).isEmpty();
  }

  @Test
  void an_answer_can_be_remembered_without_any_change() {
    shop.submit(once("key-1", "request-1"));

    assertThat(shop.data().answers().find("key-1")).isPresent();
    assertThat(shop.submit(once("key-1", "request-1")).replayed()).isPresent();
    assertThat(store.log().head()).isZero();
  }

  @Test
  void answers_are_kept_for_a_day() {
    shop.submit(once("key-1", "request-1", create(BOOTS)));
    clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(shop.data().answers().find("key-1")).isPresent();

    clock.advance(Duration.ofMillis(1));

    assertThat(shop.data().answers().find("key-1")).isEmpty();
    Receipt later = shop.submit(once("key-1", "request-2", create(COAT)));
    assertThat(later.replayed()).isEmpty();
    assertThat(later.outcomes().getFirst()).isInstanceOf(Outcome.EntityStored.class);
    assertThat(shop.data().answers().find("key-1").orElseThrow().requestHash())
        .isEqualTo("request-2");
  }

  @Test
  void an_answer_that_cannot_be_made_keeps_nothing() {
    var crash = new IllegalStateException("the answer has a bug");
    var submission =
        new Submission(
            shop.tenant(),
            List.of(create(BOOTS)),
            Optional.of(
                new Once(
                    "key-1",
                    "request-1",
                    _ -> {
                      throw crash;
                    })));

    assertThatThrownBy(() -> shop.submit(submission)).isSameAs(crash);

    assertThat(store.log().head()).isZero();
    assertThat(shop.data().catalog().find(BOOTS)).isEmpty();
    assertThat(shop.data().answers().find("key-1")).isEmpty();
  }

  private static Change create(EntityKey key) {
    return new Change.PutEntity(draft(key, "{}"), PutMode.CREATE);
  }

  private Submission once(String key, String requestHash, Change... changes) {
    return new Submission(
        shop.tenant(),
        List.of(changes),
        Optional.of(new Once(key, requestHash, outcomes -> answer(requestHash, outcomes))));
  }

  private static RememberedAnswer answer(String requestHash, List<Outcome> outcomes) {
    String body =
        outcomes.stream()
            .map(outcome ->
                outcome instanceof Outcome.EntityStored stored
                    ? "stored at " + stored.position()
                    : "refused")
            .findFirst()
            .orElse("nothing");
    return new RememberedAnswer(
        requestHash, 201, "text/plain", Optional.of("/here/1"), body.getBytes(UTF_8));
  }
}
