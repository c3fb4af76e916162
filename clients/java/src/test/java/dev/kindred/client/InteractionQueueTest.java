package dev.kindred.client;

import static dev.kindred.client.FlakyProxy.LOSE;
import static dev.kindred.client.FlakyProxy.REFUSE;
import static dev.kindred.client.TestServer.clientOf;
import static dev.kindred.client.TestServer.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kindred.client.InteractionQueue.Rejection;
import dev.kindred.client.model.InteractionQuery;
import dev.kindred.client.model.NewInteraction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interactions that are collected and sent many at once. */
class InteractionQueueTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final FlakyProxy proxy = new FlakyProxy();
  private final Kindred client = TestServer.client();
  private final String user = newId();

  InteractionQueueTest() throws IOException {}

  @AfterEach
  void close() {
    proxy.close();
  }

  private NewInteraction view(int n) {
    return NewInteraction.of(user, "film-" + n, "view");
  }

  private int stored() {
    return client
        .listUserInteractions(user, InteractionQuery.all().limit(1000))
        .interactions()
        .size();
  }

  @Test
  void what_waits_is_sent_in_batches() {
    try (var queue = clientOf(proxy, 0).interactionQueue().batchSize(10).interval(NEVER).start()) {
      IntStream.range(0, 25).mapToObj(this::view).forEach(queue::record);
      queue.flush();
      assertThat(queue.size()).isZero();
      assertThat(stored()).isEqualTo(25);
      assertThat(proxy.seen).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void a_whole_batch_or_the_end_of_the_interval_sends_without_being_asked()
      throws InterruptedException {
    try (var whole = client.interactionQueue().batchSize(2).interval(NEVER).start();
        var timed = client.interactionQueue().interval(Duration.ofMillis(1)).start()) {
      whole.record(view(1));
      whole.record(view(2));
      timed.record(view(3));
      for (int tries = 0; tries < 1000 && whole.size() + timed.size() > 0; tries++)
        Thread.sleep(10);
      assertThat(stored()).isEqualTo(3);
    }
  }

  @Test
  void a_full_queue_says_so_and_keeps_what_it_has() {
    try (var queue =
        clientOf(proxy, 0).interactionQueue().batchSize(2).capacity(2).interval(NEVER).start()) {
      proxy.mishaps.addAll(List.of(REFUSE));
      queue.record(view(1));
      assertThatExceptionOfType(KindredException.ConnectionFailed.class).isThrownBy(queue::flush);
      assertThat(queue.size()).isEqualTo(1);
      proxy.mishaps.addAll(List.of(new FlakyProxy.Mishap.Status(503, java.util.Map.of())));
      queue.record(view(2));
      assertThatExceptionOfType(KindredException.QueueFull.class)
          .isThrownBy(() -> IntStream.range(3, 6).mapToObj(this::view).forEach(queue::record));
      // It may not have been met yet, and would meet what is sent at the end.
      proxy.mishaps.clear();
    }
  }

  @Test
  void what_could_not_be_sent_waits_on_and_is_stored_once() {
    try (var queue = clientOf(proxy, 0).interactionQueue().interval(NEVER).start()) {
      queue.record(view(1));
      proxy.mishaps.add(LOSE);
      assertThatExceptionOfType(KindredException.ConnectionFailed.class).isThrownBy(queue::flush);
      assertThat(queue.size()).isEqualTo(1);
    }
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void a_row_that_the_server_refuses_is_told_and_dropped() {
    var told = new ArrayList<Rejection>();
    try (var queue = client.interactionQueue().interval(NEVER).onRejected(told::add).start()) {
      queue.record(view(1).weight(1000));
      queue.record(view(2));
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0).reason()).contains("weight");
    assertThat(told.get(0).interaction().values()).containsEntry("entity_id", "film-1");
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void threads_may_share_a_queue() throws InterruptedException {
    try (var queue =
        client.interactionQueue().batchSize(7).interval(Duration.ofMillis(5)).start()) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(part ->
                  new Thread(
                      () -> IntStream.range(0, 50).forEach(n -> queue.record(view(part * 50 + n)))))
              .toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) thread.join();
    }
    assertThat(stored()).isEqualTo(200);
  }

  @Test
  void a_closed_queue_takes_nothing() {
    var queue = client.interactionQueue().start();
    queue.close();
    queue.close();
    assertThatIllegalStateException().isThrownBy(() -> queue.record(view(1)));
  }
}
