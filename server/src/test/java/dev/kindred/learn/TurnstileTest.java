package dev.kindred.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnstileTest {
  private final Turnstile turnstile = new Turnstile();

  /** Threads of the system: who reads again and again without a pause keeps a carrier busy. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void no_reader_sees_half_of_a_change_and_no_change_is_lost() throws Exception {
    int changers = 4;
    long changesOfEach = 5_000;
    long[] pair = new long[2];
    var isOver = new AtomicBoolean();
    List<Future<Long>> readers = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      readers.add(
          threads.submit(() -> {
            long torn = 0;
            while (!isOver.get()) torn += turnstile.read(() -> pair[0] == -pair[1] ? 0 : 1);
            return torn;
          }));
    }
    List<Future<?>> writing = new ArrayList<>();
    for (int n = 0; n < changers; n++) {
      writing.add(
          threads.submit(() -> {
            for (int m = 0; m < changesOfEach; m++) {
              turnstile.change(() -> {
                pair[0]++;
                pair[1]--;
              });
            }
          }));
    }
    for (Future<?> one : writing) one.get();
    isOver.set(true);
    for (Future<Long> reader : readers) assertThat(reader.get()).isZero();
    assertThat(pair).containsExactly(changers * changesOfEach, -changers * changesOfEach);
  }

  @Test
  void a_change_waits_for_who_is_inside_and_is_made_by_the_last_to_leave() throws Exception {
    var reading = new Reading();
    var madeBy = new Thread[1];
    Future<?> change =
        threads.submit(() -> turnstile.change(() -> madeBy[0] = Thread.currentThread()));
    reading.awaitWaitingChange();
    assertThat(change.isDone()).isFalse();
    reading.end();
    change.get();
    assertThat(madeBy[0]).isSameAs(reading.thread);
  }

  @Test
  void readers_go_in_while_a_change_waits_but_not_for_ever() throws Exception {
    var reading = new Reading();
    int[] value = new int[1];
    Future<?> change = threads.submit(() -> turnstile.change(() -> value[0] = 1));
    reading.awaitWaitingChange();
    for (int n = 0; n < Turnstile.OVERTAKING_MAX; n++) {
      assertThat(turnstile.read(() -> value[0])).isZero();
    }
    Future<Integer> late = threads.submit(() -> turnstile.read(() -> value[0]));
    reading.end();
    assertThat(late.get()).isEqualTo(1);
    change.get();
  }

  @Test
  void who_reads_within_a_reading_goes_in_though_many_have_overtaken_a_change() throws Exception {
    var isOvertaken = new CountDownLatch(1);
    var isInside = new CountDownLatch(1);
    Future<Integer> nested =
        threads.submit(() ->
            turnstile.read(() -> {
              isInside.countDown();
              await(isOvertaken);
              return turnstile.read(() -> 7);
            }));
    await(isInside);
    Future<?> change = threads.submit(() -> turnstile.change(() -> {}));
    for (int n = 0; n < Turnstile.OVERTAKING_MAX; n++) {
      Future<Integer> _ = threads.submit(() -> turnstile.read(() -> 0));
    }
    isOvertaken.countDown();
    assertThat(nested.get()).isEqualTo(7);
    change.get();
  }

  @Test
  void what_a_change_throws_reaches_its_caller_whoever_made_it() throws Exception {
    var reading = new Reading();
    Future<?> change =
        threads.submit(() ->
            assertThatThrownBy(() ->
                    turnstile.change(() -> {
                      throw new IllegalStateException("no");
                    }))
                .hasMessage("no"));
    reading.awaitWaitingChange();
    reading.end();
    change.get();
    assertThat(turnstile.read(() -> 1)).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A thread that is inside until it is told to leave. */
  private final class Reading {
    private final CountDownLatch leave = new CountDownLatch(1);
    private final Thread thread;

    Reading() {
      var isInside = new CountDownLatch(1);
      thread =
          Thread.ofVirtual()
              .start(() ->
                  turnstile.read(() -> {
                    isInside.countDown();
                    await(leave);
                    return 0;
                  }));
      await(isInside);
    }

    void awaitWaitingChange() {
      while (turnstile.waitingChanges() == 0) Thread.onSpinWait();
    }

    void end() {
      leave.countDown();
    }
  }
}
