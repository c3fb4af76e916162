package dev.kindred.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void every_index_is_done_once_whatever_the_number_of_threads() {
    try (var executor = Executors.newFixedThreadPool(4)) {
      for (int threads : new int[] {1, 2, 16}) {
        for (int length : new int[] {0, 1, 5, 1000}) {
          var done = new AtomicIntegerArray(length);
          Workers.of(executor, threads)
              .each(
                  length,
                  (from, to) -> {
                    for (int n = from; n < to; n++) done.incrementAndGet(n);
                  });
          for (int n = 0; n < length; n++) assertThat(done.get(n)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void a_refusing_executor_leaves_the_work_to_the_caller() {
    var sum = new int[1];
    Workers.of(
            task -> {
              throw new RejectedExecutionException("full");
            },
            8)
        .each(
            100,
            (from, to) -> {
              for (int n = from; n < to; n++) sum[0] += n;
            });
    assertThat(sum[0]).isEqualTo(4950);
  }

  @Test
  void a_failure_comes_back_to_the_caller() {
    assertThatThrownBy(() ->
            Workers.alone()
                .each(
                    10,
                    (from, to) -> {
                      throw new IllegalStateException("broken at " + from);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken at 0");
  }

  @Test
  void who_is_asked_before_each_piece_can_end_the_loop() {
    var done = new AtomicInteger();
    Runnable goOn =
        () -> {
          if (done.get() == 30) throw new IllegalStateException("enough");
        };
    assertThatThrownBy(
            () -> Workers.alone().asking(goOn).each(100, (from, to) -> done.addAndGet(to - from)))
        .hasMessage("enough");
    assertThat(done.get()).isEqualTo(30);
  }

  @Test
  void interrupting_the_caller_ends_the_loop() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Workers.alone().each(10, (from, to) -> {}))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
