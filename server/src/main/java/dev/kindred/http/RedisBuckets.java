package dev.kindred.http;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets of requests in Redis, by Redis's own clock.
 *
 * <p>A slow or dead Redis costs no request more than a few milliseconds: whoever did not get an
 * answer counts for itself for a second before Redis is asked again. Safe for any number of
 * threads.
 */
public final class RedisBuckets implements SharedBuckets {

  private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);
  private static final String PREFIX = "kindred:rate:";
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

  private final StatefulRedisConnection<String, String> connection;
  private final String digest;
  private final Duration patience;
  private volatile long pausedUntil;
  private volatile boolean isPaused;

  /** Takes from buckets over a connection that somebody else closes. */
  public RedisBuckets(StatefulRedisConnection<String, String> connection) {
    this(connection, PATIENCE);
  }

  RedisBuckets(StatefulRedisConnection<String, String> connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
    this.digest = connection.async().digest(TAKE);
  }

  @Override
  public Optional<Taken> take(String name, int perMinute, int burst) {
    if (isPaused && System.nanoTime() - pausedUntil < 0) return Optional.empty();
    long interval = Math.max(1, 60_000_000L / perMinute);
    String[] keys = {PREFIX + name};
    String[] sizes = {Long.toString(interval), Long.toString(interval * burst)};
    try {
      List<Long> answer = run(keys, sizes);
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

  private List<Long> run(String[] keys, String[] sizes)
      throws ExecutionException, TimeoutException, InterruptedException {
    RedisAsyncCommands<String, String> redis = connection.async();
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
}
