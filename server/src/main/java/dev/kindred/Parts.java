package dev.kindred;

import dev.kindred.config.Config;
import dev.kindred.config.ConfigError;
import dev.kindred.config.Secret;
import dev.kindred.domain.TenantId;
import dev.kindred.http.HttpSettings;
import dev.kindred.http.RedisBuckets;
import dev.kindred.store.jdbc.DatabaseUrl;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.trace.OtlpTracing;
import dev.kindred.trace.Tracing;
import java.util.Optional;

/** What each part is told of the configuration. */
public final class Parts {

  private Parts() {}

  public static JdbcSettings database(Config config) {
    Config.Database database = config.database();
    return new JdbcSettings(
        url(database.url()),
        new JdbcSettings.Pool(
            database.connectionsMax(),
            database.connectionsMin(),
            database.acquireTimeout(),
            database.idleTimeout(),
            database.lifetimeMax()),
        new JdbcSettings.Vectors(
            config.learning().vectorDimension(),
            config.learning().vectorSearch() == Config.VectorSearch.PGVECTOR,
            database.validatesPgvector()),
        new JdbcSettings.Patience(database.startTimeout(), database.statementTimeout()),
        database.migratesAtStart());
  }

  private static DatabaseUrl url(Secret url) {
    try {
      return DatabaseUrl.parse(url.value());
    } catch (IllegalArgumentException e) {
      throw new ConfigError("DATABASE_URL is '" + url + "': " + e.getMessage());
    }
  }

  static HttpSettings http(Config config) {
    Config.Http http = config.http();
    Config.RateLimit rate = config.rateLimit();
    return new HttpSettings(
        http.host(),
        http.port(),
        new HttpSettings.Auth(
            config.security().requiresKey(),
            config.security().apiKey().map(Secret::value),
            config.security().basic()),
        new HttpSettings.Tenancy(
            config.tenancy().severalTenants(), new TenantId(config.tenancy().defaultTenant())),
        new HttpSettings.RateLimit(
            rate.enabled(), rate.requestsPerMinute(), rate.burst(), rate.trustedProxies()),
        config.cors().allowedOrigins(),
        new HttpSettings.Limits(
            http.requestBytesMax(),
            http.connectionsMax(),
            HttpSettings.Limits.DEFAULT.silence(),
            http.requestTimeout(),
            http.idleTimeout()),
        new HttpSettings.Metrics(config.metrics().enabled(), !config.metrics().requiresKey()),
        new HttpSettings.Shutdown(http.shutdownDrain(), http.shutdownTimeout()));
  }

  static Tracing tracing(Config config) {
    Config.Tracing tracing = config.tracing();
    return tracing.enabled()
        ? new OtlpTracing(tracing.endpoint(), tracing.sampled(), Version.text())
        : Tracing.OFF;
  }

  /** Buckets for rate limits that all replicas share; none without Redis. */
  static Optional<RedisBuckets> sharedBuckets(Config config) {
    return config.redis().url().map(url -> new RedisBuckets(url.value()));
  }
}
