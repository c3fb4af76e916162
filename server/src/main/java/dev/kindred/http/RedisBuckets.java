package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets of requests in Redis, by Redis's own clock.
 *
 * <p>A slow or dead Redis costs no request more than a few milliseconds: whoever did not get an
 * answer counts for itself for a second before Redis is asked again. Safe for any number of
 * threads.
 */
public final class RedisBuckets implements SharedBuckets, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);
  private static final String PREFIX = "kindred:rate:";
  private static final int QUEUE_MAX = 10_000;
  private static final Duration PATIENCE = Duration.ofMillis(25);
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** {@link TokenBucket} in microseconds; a full bucket is none at all. */
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local interval = tonumber(ARGV[1])
      local capacity = tonumber(ARGV[2])
      local paid_off = tonumber(redis.call('GET', KEYS[1]) or '0')
      local debt = math.max(0, paid_off - now)
      if debt + interval > capacity then
        return {0, debt}
      end
      debt = debt + interval
      redis.call('SET', KEYS[1], string.format('%.0f', now + debt), 'PX', math.ceil(debt / 1000))
      return {1, debt}
      """;

  private final RedisClient client;
  private final Duration patience;
  private final String digest = Base16.digest(TAKE.getBytes(UTF_8));
  private final AtomicBoolean isConnecting = new AtomicBoolean();
  // Null until Redis was there for the first time; from then on it connects again by itself.
  private volatile @Nullable StatefulRedisConnection<String, String> connection;
  private volatile long pausedUntil;
  private volatile boolean isPaused;

  /** Takes from buckets in the Redis of that address; it need not be there yet. */
  public RedisBuckets(String url) {
    this(url, PATIENCE);
  }

  RedisBuckets(String url, Duration patience) {
    this.patience = patience;
    this.client = RedisClient.create(url);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUE_MAX)
            .build());
    connect();
  }

  @Override
  public Optional<Taken> take(String name, int perMinute, int burst) {
    if (isPaused && System.nanoTime() - pausedUntil < 0) return Optional.empty();
    StatefulRedisConnection<String, String> redis = connection;
    if (redis == null) {
      pause();
      connect();
      return Optional.empty();
    }
    long interval = Math.max(1, 60_000_000L / perMinute);
    String[] keys = {PREFIX + name};
    String[] sizes = {Long.toString(interval), Long.toString(interval * burst)};
    try {
      List<Long> answer = run(redis.async(), keys, sizes);
      if (isPaused) resume();
      return Optional.of(new Taken(answer.getFirst() == 1, answer.getLast() * 1_000));
    } catch (ExecutionException | TimeoutException | RuntimeException outOfReach) {
      pause();
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Connects in the background, one attempt at a time. */
  private void connect() {
    if (!isConnecting.compareAndSet(false, true)) return;
    Thread.startVirtualThread(() -> {
      try {
        connection = client.connect();
      } catch (RuntimeException outOfReach) {
        pause();
      } finally {
        isConnecting.set(false);
      }
    });
  }

  private List<Long> run(RedisAsyncCommands<String, String> redis, String[] keys, String[] sizes)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return answer(redis.evalsha(digest, ScriptOutputType.MULTI, keys, sizes));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RedisNoScriptException)) throw e;
      return answer(redis.eval(TAKE, ScriptOutputType.MULTI, keys, sizes));
    }
  }

  private List<Long> answer(RedisFuture<List<Long>> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void pause() {
    pausedUntil = System.nanoTime() + PAUSE_NANOS;
    if (isPaused) return;
    isPaused = true;
    log.warn("redis does not answer in time: every replica counts requests for itself");
  }

  private void resume() {
    isPaused = false;
    log.info("redis answers again: replicas count requests together");
  }

  /** Whether there is a connection. */
  public boolean isConnected() {
    StatefulRedisConnection<String, String> known = connection;
    return known != null && known.isOpen();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
