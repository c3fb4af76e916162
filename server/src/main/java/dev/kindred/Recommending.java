package dev.kindred;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.config.Config;
import dev.kindred.config.LiveConfig;
import dev.kindred.config.TenantConfigs;
import dev.kindred.http.Lists;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.measure.experiments.ServedExperiments;
import dev.kindred.recommend.CachedRecommender;
import dev.kindred.recommend.Preferences;
import dev.kindred.recommend.Recommender;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** How the parts that make lists are put together. */
final class Recommending {
  private static final int LISTS_KEPT = 20_000;
  private static final double MICROS_A_DAY = Duration.ofDays(1).toNanos() / 1e3;

  private Recommending() {}

  static Lists lists(
      Learning learning, ServedExperiments experiments, LiveConfig config, Clock clock) {
    var recommender = new Recommender(2 * Runtime.getRuntime().availableProcessors());
    Duration kept = config.get().recommendation().cacheTtl();
    var cached = new CachedRecommender(recommender, LISTS_KEPT, kept, Ticker.systemTicker());
    var configs = new TenantConfigs(config);
    Function<LiveTenant, Lists.Settings> settings =
        tenant -> settings(configs.of(tenant.id(), tenant.settings()).recommendation());
    return new Lists(
        learning, cached, recommender, settings, experiments::servedBy, Recommending::newId, clock);
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
