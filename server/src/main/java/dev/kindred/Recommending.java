package dev.kindred;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.cache.LocalCache;
import dev.kindred.cache.RedisCache;
import dev.kindred.cache.SharedCache;
import dev.kindred.config.Config;
import dev.kindred.config.LiveConfig;
import dev.kindred.config.Secret;
import dev.kindred.config.TenantConfigs;
import dev.kindred.http.ListTimes;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.measure.experiments.ServedExperiments;
import dev.kindred.recommend.CachedRecommender;
import dev.kindred.recommend.Lists;
import dev.kindred.recommend.Preferences;
import dev.kindred.recommend.Recommender;
import dev.kindred.recommend.SharedLists;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How the parts that make lists are put together, and what is to be told of them. */
final class Recommending implements AutoCloseable {

  /** Some ten thousand lists of ten items with small attributes. */
  private static final long LIST_BYTES_MAX = 48 << 20;

  private static final long SHARED_BYTES_MAX = 16 << 20;
  private static final double MICROS_A_DAY = Duration.ofDays(1).toNanos() / 1e3;

  private final SharedCache shared;
  private final CachedRecommender cached;
  private final Lists lists;
  private volatile Settled settled;

  /** What was made of a configuration, which stays the same object until it is another. */
  private record Settled(Config.Recommendation config, Lists.Settings settings) {}

  Recommending(
      Learning learning,
      ServedExperiments experiments,
      LiveConfig config,
      Clock clock,
      MeterRegistry metrics) {
    var recommender = new Recommender(2 * Runtime.getRuntime().availableProcessors());
    shared = shared(config.get());
    Config.Recommendation usual = config.get().recommendation();
    settled = new Settled(usual, settings(usual));
    var configs = new TenantConfigs(config);
    Function<LiveTenant, Config.Recommendation> ofTenant =
        tenant -> configs.of(tenant.id(), tenant.settings()).recommendation();
    cached =
        new CachedRecommender(
            recommender,
            new SharedLists(shared, tenant -> ofTenant.apply(tenant).trendingCacheTtl()),
            LIST_BYTES_MAX,
            tenant -> ofTenant.apply(tenant).cacheTtl(),
            Ticker.systemTicker());
    Function<LiveTenant, Lists.Settings> settings = tenant -> known(ofTenant.apply(tenant));
    lists =
        new Lists(
            learning,
            cached,
            recommender,
            settings,
            experiments::servedBy,
            Recommending::newId,
            new ListTimes(metrics)::record,
            clock,
            Lists.Watch.NOBODY);
    measure(metrics);
    measure(metrics, learning);
  }

  Lists lists() {
    return lists;
  }

  /** What is wrong with the cache that replicas share, if anything is. */
  Optional<String> cacheProblem() {
    return shared.problem();
  }

  private static SharedCache shared(Config config) {
    Optional<Secret> redis = config.redis().url();
    if (redis.isPresent()) return new RedisCache(redis.get().value());
    return new LocalCache(SHARED_BYTES_MAX, Ticker.systemTicker());
  }

  private void measure(MeterRegistry metrics) {
    count(
        metrics, "redis.cache.hits", "Lists found in the shared cache", shared, SharedCache::hits);
    count(
        metrics,
        "redis.cache.misses",
        "Lists not found in the shared cache",
        shared,
        SharedCache::misses);
    count(
        metrics,
        "recommendation.cache.hits",
        "Lists found in the process",
        cached,
        CachedRecommender::hits);
    count(
        metrics,
        "recommendation.cache.misses",
        "Lists that were made, or found elsewhere",
        cached,
        CachedRecommender::misses);
  }

  private static void measure(MeterRegistry metrics, Learning learning) {
    count(
        metrics,
        "vector.searches",
        "Times that lists asked the database what is alike",
        learning,
        Learning::vectorsAsked);
    count(
        metrics,
        "vector.searches.unanswered",
        "Times that lists did without an answer of the database",
        learning,
        Learning::vectorsUnanswered);
  }

  private static <T> void count(
      MeterRegistry metrics, String name, String meaning, T of, ToDoubleFunction<T> number) {
    FunctionCounter.builder(name, of, number).description(meaning).register(metrics);
  }

  @Override
  public void close() {
    shared.close();
  }

  /**
   * Of the configuration that was asked for last: of tenants with settings of their own are few.
   */
  private Lists.Settings known(Config.Recommendation config) {
    Settled last = settled;
    if (!last.config().equals(config)) {
      last = new Settled(config, settings(config));
      settled = last;
    }
    return last.settings();
  }

  private static Lists.Settings settings(Config.Recommendation config) {
    return new Lists.Settings(
        new Preferences(
            config.collaborativeWeight(),
            config.contentBasedWeight(),
            config.coldStartMinInteractions(),
            config.trendingWindowDays(),
            halfLifeMicros(config)),
        config.defaultCount(),
        config.maxCount(),
        Map.of(
            "algorithm",
            config.defaultAlgorithm().name().toLowerCase(Locale.ROOT),
            "diversity",
            Double.toString(config.defaultDiversity())));
  }

  static double halfLifeMicros(Config.Recommendation config) {
    return config.interactionHalfLifeDays() * MICROS_A_DAY;
  }

  /** Nobody needs to be unable to guess it. */
  private static String newId() {
    var random = ThreadLocalRandom.current();
    return "rec_" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }
}
