package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.testing.Patience;
import io.lettuce.core.RedisClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag(TestServices.TAG)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBucketsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private RedisBuckets here;
  private RedisBuckets there;

  @BeforeAll
  void connect() throws Exception {
    here = connected();
    there = connected();
  }

  private static RedisBuckets connected() throws Exception {
    var buckets = new RedisBuckets(TestServices.redisUrl(), LONG);
    var _ =
        Patience.until(
            () -> buckets.take("test:" + UUID.randomUUID(), 1_000, 1), Optional::isPresent);
    return buckets;
  }

  @AfterAll
  void disconnect() {
    here.close();
    there.close();
  }

  @Test
  void replicas_take_from_one_bucket() {
    String name = "test:" + UUID.randomUUID();
    int taken = 0;
    for (int i = 0; i < 10; i++) {
      if (taken(here, name)) taken++;
      if (taken(there, name)) taken++;
    }
    // One a minute comes back: none while this runs, or one.
    assertThat(taken).isBetween(5, 6);
    assertThat(taken(here, name + "-of-another")).isTrue();
  }

  @Test
  void a_script_that_redis_forgot_is_sent_again() {
    var client = RedisClient.create(TestServices.redisUrl());
    client.connect().sync().scriptFlush();
    client.shutdown();
    assertThat(taken(here, "test:" + UUID.randomUUID())).isTrue();
  }

  @Test
  void without_redis_every_replica_counts_for_itself() {
    try (var buckets = new RedisBuckets("redis://127.0.0.1:1")) {
      assertThat(buckets.take("test:dead", 1, 5)).isEmpty();
      assertThat(buckets.take("test:dead", 1, 5)).isEmpty();
    }
  }

  @Test
  void with_a_redis_that_never_answers_every_replica_counts_for_itself_too() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var buckets = new RedisBuckets("redis://127.0.0.1:" + silent.getLocalPort())) {
      for (int n = 0; n < 1_000; n++) assertThat(buckets.take("test:silent", 1, 5)).isEmpty();
      assertThat(buckets.isConnected()).isFalse();
    }
  }

  private static boolean taken(RedisBuckets buckets, String name) {
    return buckets.take(name, 1, 5).orElseThrow().taken();
  }
}
