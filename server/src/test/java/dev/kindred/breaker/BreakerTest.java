package dev.kindred.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private final AtomicLong nanos = new AtomicLong(-1_000_000_000_000L);
  private final Breaker breaker = new Breaker(Duration.ofSeconds(1), nanos::get);

  @Test
  void after_a_failure_nobody_asks_until_the_pause_is_over_and_then_one_does() {
    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.mayAsk()).isFalse();
    nanos.addAndGet(Duration.ofMillis(1_001).toNanos());
    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.mayAsk()).isFalse();
  }

  @Test
  void an_answer_ends_it() {
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.failed()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.succeeded()).isTrue();
    assertThat(breaker.succeeded()).isFalse();
    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.isOpen()).isFalse();
  }
}
