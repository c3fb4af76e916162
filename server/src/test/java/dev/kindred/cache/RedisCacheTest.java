package dev.kindred.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.testing.Patience;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag(TestServices.TAG)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisCacheTest extends SharedCacheContract {
  private static final Duration LONG = Duration.ofSeconds(20);

  private RedisCache cache;

  @BeforeAll
  void connect() throws Exception {
    cache = new RedisCache(TestServices.redisUrl(), LONG);
    var _ =
        Patience.until(
            () -> cache.get("test:any").isPresent() || cache.misses() > 0, answers -> answers);
  }

  @AfterAll
  void disconnect() {
    cache.close();
  }

  @Override
  SharedCache cache() {
    return cache;
  }

  /** Redis has a clock of its own: waits until that has moved on. */
  @Override
  void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - until < 0) Thread.onSpinWait();
  }

  @Test
  void a_dead_redis_is_no_error() {
    try (var dead = new RedisCache("redis://127.0.0.1:1")) {
      assertRemembersNothing(dead);
    }
  }

  @Test
  void a_redis_that_takes_calls_and_never_answers_is_no_error() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var hanging = new RedisCache("redis://127.0.0.1:" + silent.getLocalPort())) {
      assertRemembersNothing(hanging);
    }
  }

  private static void assertRemembersNothing(SharedCache cache) {
    for (int n = 0; n < 1_000; n++) {
      cache.put("test:key", new byte[] {1}, LONG);
      assertThat(cache.get("test:key")).isEmpty();
    }
    assertThat(cache.problem()).isPresent();
    assertThat(cache.hits()).isZero();
  }
}
