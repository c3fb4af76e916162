package dev.kindred.cache;

import io.lettuce.core.SetArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** In Redis, for all replicas. Where {@link RedisLink} gets no answer, nothing is remembered. */
public final class RedisCache implements SharedCache {

  private static final String PREFIX = "kindred:list:";
  private static final RedisLink.Use USE =
      new RedisLink.Use(
          Duration.ofMillis(5), 1_000, "replicas share lists", "every replica makes its own lists");

  private final RedisLink<byte[]> redis;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /** Remembers in the Redis of that address; it need not be there yet. */
  public RedisCache(String url) {
    this(url, USE.patience());
  }

  RedisCache(String url, Duration patience) {
    redis =
        new RedisLink<>(
            url, RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), USE.waiting(patience));
  }

  @Override
  public Optional<byte[]> get(String key) {
    Optional<Optional<byte[]>> answer =
        redis.ask(commands -> commands.get(PREFIX + key).thenApply(Optional::ofNullable));
    if (answer.isEmpty()) return Optional.empty();
    Optional<byte[]> found = answer.get();
    (found.isPresent() ? hits : misses).increment();
    return found;
  }

  @Override
  public void put(String key, byte[] value, Duration keptFor) {
    if (!keptFor.isPositive()) return;
    var args = SetArgs.Builder.px(Math.max(1, keptFor.toMillis()));
    redis.tell(commands -> commands.set(PREFIX + key, value, args));
  }

  @Override
  public Optional<String> problem() {
    return redis.problem();
  }

  @Override
  public long hits() {
    return hits.sum();
  }

  @Override
  public long misses() {
    return misses.sum();
  }

  @Override
  public void close() {
    redis.close();
  }
}
