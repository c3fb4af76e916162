package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
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

  private RedisClient client;
  private StatefulRedisConnection<String, String> one;
  private StatefulRedisConnection<String, String> other;

  @BeforeAll
  void connect() {
    client = RedisClient.create(TestServices.redisUrl());
    one = client.connect();
    other = client.connect();
  }

  @AfterAll
  void disconnect() {
    client.shutdown();
  }

  @Test
  void replicas_take_from_one_bucket() {
    var here = new RedisBuckets(one, LONG);
    var there = new RedisBuckets(other, LONG);
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
    var buckets = new RedisBuckets(one, LONG);
    one.sync().scriptFlush();
    assertThat(taken(buckets, "test:" + UUID.randomUUID())).isTrue();
  }

  @Test
  void without_redis_every_replica_counts_for_itself() {
    var ownClient = RedisClient.create(TestServices.redisUrl());
    ownClient.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .build());
    var connection = ownClient.connect();
    var buckets = new RedisBuckets(connection, LONG);
    connection.close();
    assertThat(buckets.take("test:dead", 1, 5)).isEmpty();
    assertThat(buckets.take("test:dead", 1, 5)).isEmpty();
    ownClient.shutdown();
  }

  private static boolean taken(RedisBuckets buckets, String name) {
    return buckets.take(name, 1, 5).orElseThrow().taken();
  }
}
