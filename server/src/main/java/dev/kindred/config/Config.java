package dev.kindred.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator has chosen, one record a part. A configuration that exists is valid.
 *
 * <p>The keys behind it stand in {@link Settings}, where they come from in {@link ConfigValues}.
 */
public record Config(
    Environment environment,
    Http http,
    Database database,
    Following following,
    Storefront storefront,
    Redis redis,
    Security security,
    RateLimit rateLimit,
    Cors cors,
    Tenancy tenancy,
    Webhooks webhooks,
    Recommendation recommendation,
    Learning learning,
    Measuring measuring,
    Logging logging,
    Metrics metrics,
    Tracing tracing) {

  /** The key that the documentation shows; harmless while somebody tries things out. */
  public static final String EXAMPLE_API_KEY = "your-secret-api-key-change-in-production";

  /** Where the program runs. */
  public enum Environment {
    DEVELOPMENT,
    PRODUCTION
  }

  /** Who looks up nearest vectors. */
  public enum VectorSearch {
    MEMORY,
    PGVECTOR
  }

  /** Severities of log lines. */
  public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** Looks of log lines. */
  public enum LogFormat {
    JSON,
    TEXT
  }

  /** Listening and ending. */
  public record Http(
      String host,
      int port,
      int requestBytesMax,
      int bulkRecordsMax,
      Duration requestTimeout,
      Duration idleTimeout,
      int connectionsMax,
      Duration shutdownDrain,
      Duration shutdownTimeout) {

    public Http {
      if (shutdownDrain.compareTo(shutdownTimeout) >= 0) {
        throw new ConfigError(
            "SHUTDOWN_DRAIN_SECS must be less than SHUTDOWN_TIMEOUT_SECS, which is %d, got %d"
                .formatted(shutdownTimeout.toSeconds(), shutdownDrain.toSeconds()));
      }
    }
  }

  /**
   * Where data is kept.
   *
   * @param url {@code sqlite:PATH} or {@code postgresql://…}
   * @param data the folder of everything that is kept on disk
   */
  public record Database(
      Secret url,
      Path data,
      int connectionsMax,
      int connectionsMin,
      Duration acquireTimeout,
      Duration idleTimeout,
      Duration lifetimeMax,
      Duration statementTimeout,
      Duration startTimeout,
      boolean migratesAtStart,
      boolean validatesPgvector) {

    public boolean isPostgres() {
      return !url.value().startsWith("sqlite:");
    }
  }

  /**
   * A shop's own database, to be kept in step with.
   *
   * @param mapping as JSON
   */
  public record Following(
      Optional<Secret> url,
      String mapping,
      Duration every,
      Duration compareEvery,
      int connectionsMax,
      Duration statementTimeout) {}

  /** How popularity is counted. */
  public enum SegmentCounting {
    ALL_TIME,
    LAST_90_DAYS
  }

  /** A shop's own pages. */
  public record Storefront(
      int usualPage,
      int mostPage,
      int similarUsers,
      Duration popularEvery,
      List<String> segmentAttributes,
      SegmentCounting counting,
      Duration popularKept,
      Duration personalKept,
      Duration profilesKept) {

    public Storefront {
      segmentAttributes = List.copyOf(segmentAttributes);
      if (usualPage > mostPage) {
        throw new ConfigError(
            "DEFAULT_PAGE_SIZE must be at most MAX_PAGE_SIZE, which is "
                + (mostPage + ", got " + usualPage));
      }
    }
  }

  /** The shared cache; without an address the cache is in the process. */
  public record Redis(Optional<Secret> url, int poolSize) {}

  /** Who may call. */
  public record Security(
      Optional<Secret> apiKey,
      boolean requiresKey,
      Optional<String> basicUser,
      Optional<Secret> basicPassword) {

    public Security {
      if (basicUser.isPresent() != basicPassword.isPresent()) {
        throw new ConfigError(
            "BASIC_AUTH_USERNAME and BASIC_AUTH_PASSWORD must be set both or neither");
      }
    }

    /** User and password, joined by a colon. */
    public Optional<String> basic() {
      return basicUser.flatMap(user -> basicPassword.map(word -> user + ":" + word.value()));
    }
  }

  /** How often callers may call. */
  public record RateLimit(
      boolean enabled, int requestsPerMinute, int burst, List<String> trustedProxies) {}

  /** Which web pages may call. */
  public record Cors(List<String> allowedOrigins) {

    public boolean allowsAny() {
      return allowedOrigins.contains("*");
    }
  }

  /** Whose data there is. */
  public record Tenancy(String defaultTenant, boolean severalTenants) {}

  /** Calls to others. */
  public record Webhooks(boolean mayReachPrivateAddresses, Optional<Path> trusted) {}

  /** What a list is made by when the call names no algorithm. */
  public enum DefaultAlgorithm {
    HYBRID,
    COLLABORATIVE,
    CONTENT_BASED,
    TRENDING,
    POPULAR
  }

  /** How lists are made. */
  public record Recommendation(
      double collaborativeWeight,
      double contentBasedWeight,
      double similarityThreshold,
      int defaultCount,
      int maxCount,
      DefaultAlgorithm defaultAlgorithm,
      double defaultDiversity,
      int coldStartMinInteractions,
      int trendingWindowDays,
      int interactionHalfLifeDays,
      Duration cacheTtl,
      Duration trendingCacheTtl) {

    public Recommendation {
      if (Math.abs(collaborativeWeight + contentBasedWeight - 1) > 0.001) {
        throw new ConfigError(
            "COLLABORATIVE_WEIGHT and CONTENT_BASED_WEIGHT must sum to 1, got "
                + (collaborativeWeight + " and " + contentBasedWeight));
      }
      if (defaultCount > maxCount) {
        throw new ConfigError(
            "DEFAULT_RECOMMENDATION_COUNT must be at most MAX_RECOMMENDATION_COUNT, which is "
                + (maxCount + ", got " + defaultCount));
      }
    }
  }

  /** How models are made. */
  public record Learning(
      int vectorDimension,
      VectorSearch vectorSearch,
      Duration incrementalUpdateInterval,
      Duration fullRebuildInterval,
      Duration trendingUpdateInterval,
      Duration checkpointInterval) {}

  /**
   * What is counted of users.
   *
   * @param retentionDays how long single interactions are kept; 0: for ever
   * @param exposureSampleRatio which share of the lists that are shown is kept
   * @param exposureRetentionDays and for how long
   */
  public record Measuring(
      ZoneId timeZone, int retentionDays, double exposureSampleRatio, int exposureRetentionDays) {}

  /** What is written down. */
  public record Logging(LogLevel level, LogFormat format) {}

  /** What is counted. */
  public record Metrics(boolean enabled, boolean requiresKey) {}

  /** What is traced. */
  public record Tracing(boolean enabled, URI endpoint, double sampled) {}

  public Config {
    boolean exampleKey =
        security.apiKey().filter(key -> key.value().equals(EXAMPLE_API_KEY)).isPresent();
    if (environment == Environment.PRODUCTION && exampleKey) {
      throw new ConfigError(
          "API_KEY must not be the example from the documentation when KINDRED_ENV is production;"
              + " choose a long random one");
    }
    if (learning.vectorSearch() == VectorSearch.PGVECTOR && !database.isPostgres()) {
      throw new ConfigError(
          "VECTOR_SEARCH must be memory unless DATABASE_URL is a postgresql:// address, got"
              + " 'pgvector'");
    }
  }

  /** The defaults, with some keys set otherwise: for tests and for embedding. */
  public static Config of(Map<String, String> settings) {
    return ConfigValues.of(settings).config();
  }

  static Config from(ConfigValues values) {
    Path data = values.get(Settings.KINDRED_DATA);
    int connectionsMax = values.get(Settings.DATABASE_MAX_CONNECTIONS);
    return new Config(
        values.get(Settings.KINDRED_ENV),
        new Http(
            values.get(Settings.HOST),
            values.get(Settings.PORT),
            values.get(Settings.MAX_REQUEST_SIZE_MB) << 20,
            values.get(Settings.BULK_IMPORT_MAX_RECORDS),
            values.get(Settings.REQUEST_TIMEOUT),
            values.get(Settings.IDLE_TIMEOUT),
            values.get(Settings.MAX_CONNECTIONS),
            values.get(Settings.SHUTDOWN_DRAIN),
            values.get(Settings.SHUTDOWN_TIMEOUT)),
        new Database(
            values
                .get(Settings.DATABASE_URL)
                .orElseGet(() -> new Secret("sqlite:" + data.resolve("kindred.db"))),
            data,
            connectionsMax,
            Math.min(values.get(Settings.DATABASE_MIN_CONNECTIONS), connectionsMax),
            values.get(Settings.DATABASE_ACQUIRE_TIMEOUT),
            values.get(Settings.DATABASE_IDLE_TIMEOUT),
            values.get(Settings.DATABASE_MAX_LIFETIME),
            values.get(Settings.DATABASE_STATEMENT_TIMEOUT),
            values.get(Settings.DATABASE_START_TIMEOUT),
            values.get(Settings.AUTO_RUN_MIGRATIONS),
            values.get(Settings.VALIDATE_PGVECTOR)),
        new Following(
            values.get(Settings.MAIN_DATABASE_URL),
            values.get(Settings.FOLLOW_MAPPING).json(),
            values.get(Settings.FOLLOW_EVERY),
            values.get(Settings.FOLLOW_COMPARE),
            values.get(Settings.MAIN_DATABASE_MAX_CONNECTIONS),
            values.get(Settings.MAIN_DATABASE_STATEMENT_TIMEOUT)),
        new Storefront(
            values.get(Settings.DEFAULT_PAGE_SIZE),
            values.get(Settings.MAX_PAGE_SIZE),
            values.get(Settings.MAX_SIMILAR_USERS),
            values.get(Settings.POPULAR_ITEMS_REFRESH),
            values.get(Settings.SEGMENT_ATTRIBUTES),
            values.get(Settings.SEGMENT_COUNTING),
            values.get(Settings.CACHE_TTL_POPULAR),
            values.get(Settings.CACHE_TTL_PERSONALIZED),
            values.get(Settings.CACHE_TTL_USER_PROFILE)),
        new Redis(values.get(Settings.REDIS_URL), values.get(Settings.REDIS_POOL_SIZE)),
        new Security(
            values.get(Settings.API_KEY),
            values.get(Settings.REQUIRE_API_KEY),
            values.get(Settings.BASIC_AUTH_USERNAME),
            values.get(Settings.BASIC_AUTH_PASSWORD)),
        new RateLimit(
            values.get(Settings.RATE_LIMIT_ENABLED),
            values.get(Settings.RATE_LIMIT_REQUESTS_PER_MINUTE),
            values.get(Settings.RATE_LIMIT_BURST_SIZE),
            values.get(Settings.TRUSTED_PROXIES)),
        new Cors(values.get(Settings.CORS_ALLOWED_ORIGINS)),
        new Tenancy(
            values.get(Settings.DEFAULT_TENANT_ID), values.get(Settings.ENABLE_MULTI_TENANCY)),
        new Webhooks(
            values.get(Settings.WEBHOOK_ALLOW_PRIVATE), values.get(Settings.WEBHOOK_CA_FILE)),
        new Recommendation(
            values.get(Settings.COLLABORATIVE_WEIGHT),
            values.get(Settings.CONTENT_BASED_WEIGHT),
            values.get(Settings.SIMILARITY_THRESHOLD),
            values.get(Settings.DEFAULT_RECOMMENDATION_COUNT),
            values.get(Settings.MAX_RECOMMENDATION_COUNT),
            values.get(Settings.DEFAULT_ALGORITHM),
            values.get(Settings.DEFAULT_DIVERSITY),
            values.get(Settings.COLD_START_MIN_INTERACTIONS),
            values.get(Settings.TRENDING_WINDOW_DAYS),
            values.get(Settings.INTERACTION_HALF_LIFE_DAYS),
            values.get(Settings.RECOMMENDATION_CACHE_TTL),
            values.get(Settings.TRENDING_CACHE_TTL)),
        new Learning(
            values.get(Settings.FEATURE_VECTOR_DIMENSION),
            values.get(Settings.VECTOR_SEARCH),
            values.get(Settings.INCREMENTAL_UPDATE_INTERVAL),
            values.get(Settings.FULL_REBUILD_INTERVAL),
            values.get(Settings.TRENDING_UPDATE_INTERVAL),
            values.get(Settings.CHECKPOINT_INTERVAL)),
        new Measuring(
            values.get(Settings.TIME_ZONE),
            values.get(Settings.RETENTION_DAYS),
            values.get(Settings.EXPOSURE_SAMPLE_RATIO),
            values.get(Settings.EXPOSURE_RETENTION_DAYS)),
        new Logging(values.get(Settings.LOG_LEVEL), values.get(Settings.LOG_FORMAT)),
        new Metrics(values.get(Settings.METRICS_ENABLED), values.get(Settings.METRICS_REQUIRE_KEY)),
        new Tracing(
            values.get(Settings.TRACING_ENABLED),
            values.get(Settings.TRACING_ENDPOINT),
            values.get(Settings.TRACING_SAMPLE_RATIO)));
  }
}
