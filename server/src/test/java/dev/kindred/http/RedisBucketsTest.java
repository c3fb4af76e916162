package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import io.lettuce.core.RedisClient;
import java.time.Duration;
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
  void connect() {
    here = connected();
    there = connected();
  }

  private static RedisBuckets connected() {
    var buckets = new RedisBuckets(TestServices.redisUrl(), LONG);
    while (buckets.take("test:" + UUID.randomUUID(), 1_000, 1).isEmpty()) Thread.onSpinWait();
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

  private static boolean taken(RedisBuckets buckets, String name) {
    return buckets.take(name, 1, 5).orElseThrow().taken();
  }
}
