package dev.kindred.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.http.TokenBucket.Rate;
import dev.kindred.http.TokenBucket.Tokens;
import dev.kindred.trace.Tracing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts requests by key, or by address where there is no key, and wrong keys by address.
 *
 * <p>A key's bucket stands with the key; those of addresses are as many as there is room for, the
 * least used go first.
 */
final class RateLimiter {

  private static final int ADDRESSES_MAX = 50_000;
  private static final Rate WRONG_KEYS = new Rate(20, 20);

  private final Cache<String, TokenBucket> byAddress = buckets();
  private final Cache<String, TokenBucket> wrongKeys = buckets();
  private final Optional<SharedBuckets> shared;
  private final LongSupplier nanos;
  private final Tracing tracing;

  RateLimiter(Optional<SharedBuckets> shared, LongSupplier nanos, Tracing tracing) {
    this.shared = shared;
    this.nanos = nanos;
    this.tracing = tracing;
  }

  private static Cache<String, TokenBucket> buckets() {
    return Caffeine.newBuilder()
        .maximumSize(ADDRESSES_MAX)
        .expireAfterAccess(Duration.ofMinutes(10))
        .build();
  }

  Tokens takeFor(Keyring.Entry key, HttpSettings.RateLimit limit) {
    return take("key:" + key.key().id(), key.bucket(), rate(key, limit));
  }

  Tokens takeFor(String address, HttpSettings.RateLimit limit) {
    return take("address:" + address, bucket(byAddress, address), rate(limit));
  }

  /** What a caller has left, without counting this request. */
  Tokens lookAt(Keyring.Entry key, HttpSettings.RateLimit limit) {
    return key.bucket().look(rate(key, limit), nanos.getAsLong());
  }

  Tokens lookAt(String address, HttpSettings.RateLimit limit) {
    return bucket(byAddress, address).look(rate(limit), nanos.getAsLong());
  }

  /** Counts a wrong key; a right one is never refused for the wrong ones of a neighbour. */
  Tokens wrongKeyFrom(String address) {
    return take("wrong-keys:" + address, bucket(wrongKeys, address), WRONG_KEYS);
  }

  private Tokens take(String name, TokenBucket local, Rate rate) {
    if (shared.isPresent()) {
      Optional<SharedBuckets.Taken> taken;
      try (var _ = tracing.call("redis take")) {
        taken = shared.get().take(name, rate.perMinute(), rate.burst());
      }
      if (taken.isPresent()) {
        return Tokens.of(rate, taken.get().debtNanos(), taken.get().taken());
      }
    }
    return local.take(rate, nanos.getAsLong());
  }

  private TokenBucket bucket(Cache<String, TokenBucket> buckets, String address) {
    return buckets.get(address, _ -> new TokenBucket(nanos.getAsLong()));
  }

  static Rate rate(HttpSettings.RateLimit limit) {
    return new Rate(limit.requestsPerMinute(), limit.burst());
  }

  static Rate rate(Keyring.Entry entry, HttpSettings.RateLimit limit) {
    var own = entry.key().requestsPerMinute();
    return own.isPresent()
        ? new Rate(own.getAsInt(), Math.min(limit.burst(), own.getAsInt()))
        : rate(limit);
  }
}
