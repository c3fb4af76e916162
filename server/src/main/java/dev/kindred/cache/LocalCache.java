package dev.kindred.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** In this process: the reference for {@link SharedCache}, and all that one replica needs. */
public final class LocalCache implements SharedCache {

  private record Kept(byte[] value, Duration keptFor) {}

  private final Cache<String, Kept> kept;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * @param bytesMax so many bytes are remembered at most; the least wanted go first
   */
  public LocalCache(long bytesMax, Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher((String key, Kept one) -> key.length() + one.value().length)
            .expireAfter(Expiry.creating((String key, Kept one) -> one.keptFor()))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Optional<byte[]> get(String key) {
    Kept found = kept.getIfPresent(key);
    (found == null ? misses : hits).increment();
    return Optional.ofNullable(found).map(Kept::value);
  }

  @Override
  public void put(String key, byte[] value, Duration keptFor) {
    // What is replaced lives as long as it is said now, not as it was said then.
    kept.invalidate(key);
    if (keptFor.isPositive()) kept.put(key, new Kept(value, keptFor));
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
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
    kept.invalidateAll();
  }
}
