package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.cache.RedisLink;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Buckets of requests in Redis, by Redis's own clock. Whoever gets no answer from {@link RedisLink}
 * counts for itself. Safe for any number of threads.
 */
public final class RedisBuckets implements SharedBuckets, AutoCloseable {

  private static final String PREFIX = "kindred:rate:";
  private static final RedisLink.Use USE =
      new RedisLink.Use(
          Duration.ofMillis(25),
          10_000,
          "replicas count requests together",
          "every replica counts requests for itself");

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

  private static final String DIGEST = Base16.digest(TAKE.getBytes(UTF_8));

  private final RedisLink<String> redis;

  /** Takes from buckets in the Redis of that address; it need not be there yet. */
  public RedisBuckets(String url) {
    this(url, USE.patience());
  }

  RedisBuckets(String url, Duration patience) {
    redis = new RedisLink<>(url, StringCodec.UTF8, USE.waiting(patience));
  }

  @Override
  public Optional<Taken> take(String name, int perMinute, int burst) {
    long interval = Math.max(1, 60_000_000L / perMinute);
    String[] keys = {PREFIX + name};
    String[] sizes = {Long.toString(interval), Long.toString(interval * burst)};
    return redis
        .ask(commands -> run(commands, keys, sizes))
        .map(answer -> new Taken(answer.getFirst() == 1, answer.getLast() * 1_000));
  }

  private static CompletionStage<List<Long>> run(
      RedisAsyncCommands<String, String> redis, String[] keys, String[] sizes) {
    CompletionStage<List<Long>> byName = redis.evalsha(DIGEST, ScriptOutputType.MULTI, keys, sizes);
    return byName.exceptionallyCompose(failure ->
        failure instanceof RedisNoScriptException
            ? redis.eval(TAKE, ScriptOutputType.MULTI, keys, sizes)
            : CompletableFuture.failedStage(failure));
  }

  /** Whether there is a connection. */
  public boolean isConnected() {
    return redis.isConnected();
  }

  @Override
  public void close() {
    redis.close();
  }
}
