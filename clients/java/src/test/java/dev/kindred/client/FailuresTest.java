package dev.kindred.client;

import static dev.kindred.client.FlakyProxy.LOSE;
import static dev.kindred.client.FlakyProxy.REFUSE;
import static dev.kindred.client.FlakyProxy.status;
import static dev.kindred.client.TestServer.clientOf;
import static dev.kindred.client.TestServer.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.client.FlakyProxy.Mishap;
import dev.kindred.client.model.Entity;
import dev.kindred.client.model.EntityQuery;
import dev.kindred.client.model.InteractionQuery;
import dev.kindred.client.model.NewEntity;
import dev.kindred.client.model.NewInteraction;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when the network or the server does not do what it should. */
class FailuresTest {

  private final FlakyProxy proxy = new FlakyProxy();
  private final Kindred flaky = clientOf(proxy, 3);
  private final Kindred client = TestServer.client();
  private final String id = newId();

  FailuresTest() throws IOException {}

  @AfterEach
  void close() {
    proxy.close();
  }

  static Stream<Mishap> passing() {
    return Stream.of(status(429), status(502), status(503), status(504), REFUSE, LOSE);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void what_may_pass_is_tried_again(Mishap mishap) {
    proxy.mishaps.addAll(List.of(mishap, mishap));
    assertThat(flaky.createEntity(NewEntity.of(id, "product")).entityId()).isEqualTo(id);
    assertThat(proxy.seen).hasSize(3);
    assertThat(proxy.seen)
        .extracting(seen -> seen.headers().get("Idempotency-key"))
        .containsOnly(firstKey());
  }

  private List<String> firstKey() {
    return Optional.ofNullable(proxy.seen.get(0).headers().get("Idempotency-key")).orElseThrow();
  }

  @Test
  void a_lost_answer_does_not_record_twice() {
    proxy.mishaps.add(LOSE);
    flaky.recordInteraction(NewInteraction.of(id, "a", "view"));
    assertThat(client.listUserInteractions(id, InteractionQuery.all()).interactions()).hasSize(1);
  }

  @Test
  void a_deletion_whose_answer_was_lost_has_succeeded() {
    client.createEntity(NewEntity.of(id, "product"));
    proxy.mishaps.add(LOSE);
    flaky.deleteEntity(id, EntityQuery.all());
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> flaky.deleteEntity(id, EntityQuery.all()));
  }

  @Test
  void it_gives_up_in_the_end_and_says_what_to_check() {
    proxy.mishaps.addAll(Collections.nCopies(20, REFUSE));
    assertThatExceptionOfType(KindredException.ConnectionFailed.class)
        .isThrownBy(flaky::getHealth)
        .withMessageContaining("4 tries")
        .withMessageContaining("does the server run");
  }

  @Test
  void a_slow_answer_times_out() {
    proxy.mishaps.addAll(Collections.nCopies(4, new Mishap.Hang()));
    assertThatExceptionOfType(KindredException.TimedOut.class)
        .isThrownBy(() -> flaky.withTimeout(Duration.ofMillis(30)).getHealth());
    assertThat(proxy.seen).hasSize(4);
  }

  @Test
  void a_wait_that_is_too_long_is_left_to_the_caller() {
    proxy.mishaps.add(new Mishap.Status(429, Map.of("Retry-After", "3600")));
    assertThatExceptionOfType(ApiException.RateLimited.class)
        .isThrownBy(() -> flaky.listEntities(EntityQuery.all()))
        .satisfies(told -> assertThat(told.retryAfter()).contains(Duration.ofHours(1)));
  }

  @Test
  void waits_grow_are_random_and_end() {
    var most =
        new RetryPolicy(
            4, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(9), () -> 1.0);
    assertThat(
            Stream.of(1, 2, 3, 4)
                .map(tried -> most.waitAfter(tried, Optional.empty()).orElseThrow().toMillis()))
        .containsExactly(10L, 20L, 40L, 50L);
    assertThat(most.waitAfter(5, Optional.empty())).isEmpty();
    var none =
        new RetryPolicy(
            4, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(9), () -> 0.0);
    assertThat(none.waitAfter(1, Optional.of(Duration.ofSeconds(7))))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void a_refusal_points_at_what_was_wrong() {
    assertThatExceptionOfType(ApiException.InvalidRequest.class)
        .isThrownBy(() -> client.recordInteraction(NewInteraction.of(id, "a", "view").weight(1000)))
        .withMessageContaining("weight")
        .satisfies(told -> {
          assertThat(told.status()).isEqualTo(400);
          assertThat(told.code()).isEqualTo("VALIDATION_ERROR");
          assertThat(told.requestId()).isPresent();
        });
  }

  @Test
  void what_exists_already_is_a_conflict() {
    client.createEntity(NewEntity.of(id, "product"));
    assertThatExceptionOfType(ApiException.Conflict.class)
        .isThrownBy(() -> client.createEntity(NewEntity.of(id, "product")));
  }

  @Test
  void an_answer_that_is_not_kindreds_is_told_as_such() {
    proxy.mishaps.add(status(418));
    assertThatExceptionOfType(ApiException.InvalidRequest.class)
        .isThrownBy(flaky::getHealth)
        .withMessageContaining("UNEXPECTED_ANSWER")
        .withMessageContaining("no Kindred here");
  }

  @Test
  void a_call_with_a_key_of_its_own_takes_effect_once() {
    Kindred once = client.withIdempotencyKey(id);
    Entity first = once.createEntity(NewEntity.of(id, "product"));
    assertThat(once.createEntity(NewEntity.of(id, "product"))).isEqualTo(first);
  }

  @Test
  void reads_wait_for_what_was_written_before() {
    Kindred careful = Kindred.builder(proxy.url()).apiKey(TestServer.KEY).readYourWrites().build();
    Entity made = careful.createEntity(NewEntity.of(id, "product"));
    careful.getEntity(id);
    assertThat(made.position()).contains(careful.lastPosition());
    assertThat(proxy.seen.get(1).headers())
        .containsEntry("X-kindred-min-position", List.of(String.valueOf(careful.lastPosition())));
  }

  @Test
  void what_a_call_does_not_take_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.getEntity("a", EntityQuery.all().limit(5)))
        .withMessage("getEntity does not take 'limit'");
    assertThatIllegalArgumentException().isThrownBy(() -> client.getEntity(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Kindred.builder("localhost:8080"));
  }
}
