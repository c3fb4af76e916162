package dev.kindred.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In Redis, for all replicas.
 *
 * <p>A slow, hanging or dead Redis costs one caller a second a few milliseconds, and the others
 * nothing: who got no answer in time opens the {@link Breaker}. Writing waits for nobody. What is
 * on its way to Redis has a bound; beyond it nothing is remembered.
 */
public final class RedisCache implements SharedCache {
  private static final Logger log = LoggerFactory.getLogger(RedisCache.class);
  private static final String PREFIX = "kindred:list:";
  private static final int QUEUE_MAX = 1_000;
  private static final Duration PATIENCE = Duration.ofMillis(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RedisClient client;
  private final Duration patience;
  private final Breaker breaker = new Breaker(PAUSE, System::nanoTime);
  private final AtomicBoolean isConnecting = new AtomicBoolean();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  // Null until Redis was there for the first time; from then on it connects again by itself.
  private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;

  /** Remembers in the Redis of that address; it need not be there yet. */
  public RedisCache(String url) {
    this(url, PATIENCE);
  }

  RedisCache(String url, Duration patience) {
    this.patience = patience;
    this.client = RedisClient.create(url);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUE_MAX)
            .build());
    connect();
  }

  @Override
  public Optional<byte[]> get(String key) {
    var redis = askable();
    if (redis == null) return Optional.empty();
    try {
      byte[] found = redis.async().get(PREFIX + key).get(patience.toNanos(), TimeUnit.NANOSECONDS);
      (found == null ? misses : hits).increment();
      answered();
      return Optional.ofNullable(found);
    } catch (ExecutionException | TimeoutException | RuntimeException outOfReach) {
      pause();
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void put(String key, byte[] value, Duration keptFor) {
    if (!keptFor.isPositive() || breaker.isOpen()) return;
    var redis = connection;
    if (redis == null) return;
    try {
      redis
          .async()
          .set(PREFIX + key, value, SetArgs.Builder.px(Math.max(1, keptFor.toMillis())))
          .whenComplete((done, failure) -> {
            if (failure != null) pause();
          });
    } catch (RuntimeException outOfReach) {
      pause();
    }
  }

  @Override
  public Optional<String> problem() {
    if (connection == null) return Optional.of("not connected");
    return breaker.isOpen() ? Optional.of("does not answer in time") : Optional.empty();
  }

  @Override
  public long hits() {
    return hits.sum();
  }

  @Override
  public long misses() {
    return misses.sum();
  }

  /** The connection if it may be used now, or null. */
  private @Nullable StatefulRedisConnection<String, byte[]> askable() {
    if (!breaker.mayAsk()) return null;
    var redis = connection;
    if (redis == null) {
      pause();
      connect();
    }
    return redis;
  }

  /** Connects in the background, one attempt at a time. */
  private void connect() {
    if (!isConnecting.compareAndSet(false, true)) return;
    Thread.startVirtualThread(() -> {
      try {
        connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
      } catch (RuntimeException outOfReach) {
        pause();
      } finally {
        isConnecting.set(false);
      }
    });
  }

  private void answered() {
    if (breaker.succeeded()) log.info("redis answers again: replicas share lists");
  }

  private void pause() {
    if (breaker.failed()) {
      log.warn("redis does not answer in time: every replica makes its own lists");
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
