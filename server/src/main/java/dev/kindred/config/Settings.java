package dev.kindred.config;

import static dev.kindred.config.Setting.fixed;
import static dev.kindred.config.Setting.live;
import static dev.kindred.config.Setting.secret;
import static dev.kindred.config.Setting.tenant;
import static dev.kindred.config.ValueType.address;
import static dev.kindred.config.ValueType.atMost;
import static dev.kindred.config.ValueType.folder;
import static dev.kindred.config.ValueType.hours;
import static dev.kindred.config.ValueType.listOf;
import static dev.kindred.config.ValueType.maybe;
import static dev.kindred.config.ValueType.minutes;
import static dev.kindred.config.ValueType.network;
import static dev.kindred.config.ValueType.number;
import static dev.kindred.config.ValueType.oneOf;
import static dev.kindred.config.ValueType.origin;
import static dev.kindred.config.ValueType.seconds;
import static dev.kindred.config.ValueType.timeZone;
import static dev.kindred.config.ValueType.webAddress;
import static dev.kindred.config.ValueType.whole;
import static dev.kindred.config.ValueType.word;
import static dev.kindred.config.ValueType.yesNo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key of the configuration, described once. Reading it, {@code kindred config}, {@code GET
 * /api/config} and the check of {@code docs/operating.md} derive from this table.
 */
public final class Settings {

  private static final List<Setting<?>> TABLE = new ArrayList<>();

  /** All of them, in the order of this file. */
  public static final List<Setting<?>> ALL = Collections.unmodifiableList(TABLE);

  // The server

  static final Setting<String> HOST =
      row(
          fixed(
              "HOST",
              word("a host name or an address", "[A-Za-z0-9.:_-]{1,255}"),
              "0.0.0.0",
              "Address to listen on; with no key configured it is loopback whatever this says."));

  static final Setting<Integer> PORT =
      row(fixed("PORT", whole(0, 65_535), "8080", "Port to listen on; 0 takes a free one."));

  static final Setting<Config.Environment> KINDRED_ENV =
      row(
          fixed(
              "KINDRED_ENV",
              oneOf(Config.Environment.class),
              "development",
              "Where this runs; in production unsafe settings refuse to start."));

  static final Setting<Optional<Path>> KINDRED_CONFIG =
      row(
          fixed(
              "KINDRED_CONFIG",
              maybe(folder()),
              "",
              "The configuration file; without it, kindred.yaml in the working folder if there is"
                  + " one. Not to be set in the file itself."));

  static final Setting<Integer> MAX_REQUEST_SIZE_MB =
      row(
          live(
              "MAX_REQUEST_SIZE_MB",
              whole(1, 1024),
              "10",
              "Largest request body; streamed NDJSON imports are not bound by it."));

  static final Setting<Integer> BULK_IMPORT_MAX_RECORDS =
      row(
          live(
              "BULK_IMPORT_MAX_RECORDS",
              whole(1, 10_000_000),
              "100000",
              "Most records in one bulk request; streamed NDJSON imports are not bound by it."));

  static final Setting<Duration> REQUEST_TIMEOUT =
      row(
          fixed(
              "REQUEST_TIMEOUT_SECS",
              seconds(1, 3_600),
              "300",
              "Longest time for sending a request; streamed NDJSON imports are not bound by it."));

  static final Setting<Duration> IDLE_TIMEOUT =
      row(
          fixed(
              "IDLE_TIMEOUT_SECS",
              seconds(1, 3_600),
              "75",
              "After this time without a request a connection is closed."));

  static final Setting<Integer> MAX_CONNECTIONS =
      row(
          fixed(
              "MAX_CONNECTIONS",
              whole(1, 1_000_000),
              "10000",
              "Most client connections at a time; further ones wait to be accepted."));

  static final Setting<Duration> SHUTDOWN_DRAIN =
      row(
          fixed(
              "SHUTDOWN_DRAIN_SECS",
              seconds(0, 3_600),
              "1",
              "How long new requests are still answered after SIGTERM, so that load balancers"
                  + " notice that /ready has turned 503."));

  static final Setting<Duration> SHUTDOWN_TIMEOUT =
      row(
          fixed(
              "SHUTDOWN_TIMEOUT_SECS",
              seconds(1, 3_600),
              "30",
              "Within this time of SIGTERM the process ends."));

  // The database

  static final Setting<Optional<Secret>> DATABASE_URL =
      row(
          secret(
              "DATABASE_URL",
              maybe(address("sqlite:", "postgresql://", "postgres://")),
              "",
              "The database; absent, an embedded SQLite file in KINDRED_DATA.",
              "RECOMMENDATIONS_DATABASE_URL"));

  static final Setting<Path> KINDRED_DATA =
      row(
          fixed(
              "KINDRED_DATA",
              folder(),
              "./data",
              "Folder of the embedded database and of everything else that is kept on disk."));

  static final Setting<Integer> DATABASE_MAX_CONNECTIONS =
      row(fixed("DATABASE_MAX_CONNECTIONS", whole(2, 1_000), "20", "Most database connections."));

  static final Setting<Integer> DATABASE_MIN_CONNECTIONS =
      row(
          fixed(
              "DATABASE_MIN_CONNECTIONS",
              whole(0, 1_000),
              "5",
              "Database connections kept open when idle; never more than"
                  + " DATABASE_MAX_CONNECTIONS."));

  static final Setting<Duration> DATABASE_ACQUIRE_TIMEOUT =
      row(
          fixed(
              "DATABASE_ACQUIRE_TIMEOUT_SECS",
              seconds(1, 600),
              "3",
              "Longest wait for a free database connection."));

  static final Setting<Duration> DATABASE_IDLE_TIMEOUT =
      row(
          fixed(
              "DATABASE_IDLE_TIMEOUT_SECS",
              seconds(10, 86_400),
              "600",
              "After this time without use a database connection is closed."));

  static final Setting<Duration> DATABASE_MAX_LIFETIME =
      row(
          fixed(
              "DATABASE_MAX_LIFETIME_SECS",
              seconds(30, 86_400),
              "1800",
              "After this time a database connection is replaced."));

  static final Setting<Duration> DATABASE_STATEMENT_TIMEOUT =
      row(
          fixed(
              "DATABASE_STATEMENT_TIMEOUT_SECS",
              seconds(1, 3_600),
              "30",
              "Longest time for one statement of a request; bulk work and migrations are not bound"
                  + " by it."));

  static final Setting<Duration> DATABASE_START_TIMEOUT =
      row(
          fixed(
              "DATABASE_START_TIMEOUT_SECS",
              seconds(0, 3_600),
              "60",
              "How long to wait at the start for a database that is out of reach."));

  static final Setting<Boolean> AUTO_RUN_MIGRATIONS =
      row(
          fixed(
              "AUTO_RUN_MIGRATIONS",
              yesNo(),
              "true",
              "Whether the start brings the database's schema up to date."));

  static final Setting<Boolean> VALIDATE_PGVECTOR =
      row(
          fixed(
              "VALIDATE_PGVECTOR",
              yesNo(),
              "true",
              "Whether the start checks that PostgreSQL has the pgvector extension."));

  // A shop's own database

  static final Setting<Optional<Secret>> MAIN_DATABASE_URL =
      row(
          secret(
              "MAIN_DATABASE_URL",
              maybe(address("postgresql://", "postgres://", "jdbc:postgresql://")),
              "",
              "A shop's own PostgreSQL, to be kept in step with; it is only read, so a role that may"
                  + " read is enough."));

  static final Setting<Mapping> FOLLOW_MAPPING =
      row(
          fixed(
              "FOLLOW_MAPPING",
              Mapping.type(),
              "shop",
              "What of that database is what: in the file a section of its own, elsewhere the path"
                  + " of a YAML file; shop is the reference shop's."));

  static final Setting<Duration> FOLLOW_EVERY =
      row(
          fixed(
              "FOLLOW_EVERY_SECS", seconds(1, 3_600), "2", "How often what is new there is read."));

  static final Setting<Duration> FOLLOW_COMPARE =
      row(
          fixed(
              "FOLLOW_COMPARE_SECS",
              seconds(5, 86_400),
              "300",
              "How often what we have is compared with what is there, which finds what is gone."));

  static final Setting<Integer> MAIN_DATABASE_MAX_CONNECTIONS =
      row(
          fixed(
              "MAIN_DATABASE_MAX_CONNECTIONS",
              whole(1, 20),
              "2",
              "Most connections to that database."));

  static final Setting<Duration> MAIN_DATABASE_STATEMENT_TIMEOUT =
      row(
          fixed(
              "MAIN_DATABASE_STATEMENT_TIMEOUT_SECS",
              seconds(1, 3_600),
              "60",
              "How long one statement may take there."));

  // The cache

  static final Setting<Optional<Secret>> REDIS_URL =
      row(
          secret(
              "REDIS_URL",
              maybe(address("redis://", "rediss://", "redis-sentinel://")),
              "",
              "Redis or Valkey, shared by the replicas; absent, the cache is in the process.",
              "RECOMMENDATIONS_REDIS_URL"));

  static final Setting<Integer> REDIS_POOL_SIZE =
      row(fixed("REDIS_POOL_SIZE", whole(1, 1_000), "10", "Most connections to Redis."));

  // Who may call

  static final Setting<Optional<Secret>> API_KEY =
      row(
          secret(
              "API_KEY",
              maybe(ValueType.secret(1, 512)),
              "",
              "The first admin key; more are made with `kindred keys` or over the API."));

  static final Setting<Boolean> REQUIRE_API_KEY =
      row(
          fixed(
              "REQUIRE_API_KEY",
              yesNo(),
              "true",
              "Whether calls need a key; false opens them all."));

  static final Setting<Boolean> RATE_LIMIT_ENABLED =
      row(live("RATE_LIMIT_ENABLED", yesNo(), "true", "Whether callers are limited."));

  static final Setting<Integer> RATE_LIMIT_REQUESTS_PER_MINUTE =
      row(
          live(
              "RATE_LIMIT_REQUESTS_PER_MINUTE",
              whole(1, 100_000_000),
              "1000",
              "Requests a minute for each key, or each address where there is no key."));

  static final Setting<Integer> RATE_LIMIT_BURST_SIZE =
      row(
          live(
              "RATE_LIMIT_BURST_SIZE",
              whole(1, 100_000_000),
              "100",
              "Requests that may come at once after a quiet time."));

  static final Setting<List<String>> TRUSTED_PROXIES =
      row(
          live(
              "TRUSTED_PROXIES",
              listOf(network()),
              "",
              "Addresses and networks whose X-Forwarded-For is believed."));

  static final Setting<List<String>> CORS_ALLOWED_ORIGINS =
      row(
          live(
              "CORS_ALLOWED_ORIGINS",
              listOf(origin()),
              "",
              "Web origins whose pages may call; * for any."));

  static final Setting<String> DEFAULT_TENANT_ID =
      row(
          fixed(
              "DEFAULT_TENANT_ID",
              word(
                  "1 to 64 of [A-Za-z0-9._-] and none of user, entity, trending, batch",
                  "(?!(?:user|entity|trending|batch)$)[A-Za-z0-9._-]{1,64}"),
              "default",
              "The tenant of a call that names none."));

  static final Setting<Boolean> ENABLE_MULTI_TENANCY =
      row(
          fixed(
              "ENABLE_MULTI_TENANCY",
              yesNo(),
              "false",
              "Whether there are tenants beside the default one."));

  static final Setting<Boolean> WEBHOOK_ALLOW_PRIVATE =
      row(
          fixed(
              "WEBHOOK_ALLOW_PRIVATE",
              yesNo(),
              "false",
              "Whether webhooks may go to loopback, private and link-local addresses."));

  static final Setting<Optional<Path>> WEBHOOK_CA_FILE =
      row(
          fixed(
              "WEBHOOK_CA_FILE",
              maybe(folder()),
              "",
              "A PEM file of certificates; receivers of webhooks that show one of them, or one that"
                  + " they signed, are trusted beside all whom Java trusts."));

  // Recommending

  static final Setting<Double> COLLABORATIVE_WEIGHT =
      row(
          tenant(
              "COLLABORATIVE_WEIGHT",
              number(0, 1),
              "0.6",
              "Share of what similar users did in a hybrid list; together with"
                  + " CONTENT_BASED_WEIGHT it is 1. As long as both are as they are here, the share"
                  + " that a model was judged best with counts instead, where there is one."));

  static final Setting<Double> CONTENT_BASED_WEIGHT =
      row(
          tenant(
              "CONTENT_BASED_WEIGHT",
              number(0, 1),
              "0.4",
              "Share of likeness by attributes in a hybrid list."));

  static final Setting<Double> SIMILARITY_THRESHOLD =
      row(
          tenant(
              "SIMILARITY_THRESHOLD",
              number(0, 1),
              "0.5",
              "Users or entities less alike than this do not count as similar."));

  static final Setting<Integer> DEFAULT_RECOMMENDATION_COUNT =
      row(
          tenant(
              "DEFAULT_RECOMMENDATION_COUNT",
              whole(1, 10_000),
              "10",
              "Length of a list when the call names none."));

  static final Setting<Integer> MAX_RECOMMENDATION_COUNT =
      row(tenant("MAX_RECOMMENDATION_COUNT", whole(1, 10_000), "100", "Longest list to ask for."));

  static final Setting<Config.DefaultAlgorithm> DEFAULT_ALGORITHM =
      row(
          tenant(
              "DEFAULT_ALGORITHM",
              oneOf(Config.DefaultAlgorithm.class),
              "hybrid",
              "What a user's list is made by when the call names no algorithm."));

  static final Setting<Double> DEFAULT_DIVERSITY =
      row(
          tenant(
              "DEFAULT_DIVERSITY",
              number(0, 1),
              "0",
              "How far a user's list is spread when the call does not say."));

  static final Setting<Integer> COLD_START_MIN_INTERACTIONS =
      row(
          tenant(
              "COLD_START_MIN_INTERACTIONS",
              whole(0, 1_000),
              "5",
              "Below this many interactions a user's list is blended with what suits somebody"
                  + " unknown."));

  static final Setting<Integer> TRENDING_WINDOW_DAYS =
      row(tenant("TRENDING_WINDOW_DAYS", whole(1, 90), "7", "Days that trending looks back."));

  static final Setting<Integer> INTERACTION_HALF_LIFE_DAYS =
      row(
          tenant(
              "INTERACTION_HALF_LIFE_DAYS",
              whole(0, 36_500),
              "180",
              "Days after which an interaction counts half, where its type says nothing else; 0:"
                  + " never."));

  static final Setting<Duration> RECOMMENDATION_CACHE_TTL =
      row(
          tenant(
              "RECOMMENDATION_CACHE_TTL_SECS",
              seconds(0, 86_400),
              "300",
              "How long a computed list is kept; 0 keeps none."));

  static final Setting<Duration> TRENDING_CACHE_TTL =
      row(
          tenant(
              "TRENDING_CACHE_TTL_SECS",
              seconds(0, 86_400),
              "3600",
              "How long a computed trending list is kept; 0 keeps none."));

  // A shop's own pages

  static final Setting<Integer> DEFAULT_PAGE_SIZE =
      row(
          fixed(
              "DEFAULT_PAGE_SIZE",
              whole(1, 1_000),
              "20",
              "Length of a page of /popular and /personalized when the call names none."));

  static final Setting<Integer> MAX_PAGE_SIZE =
      row(fixed("MAX_PAGE_SIZE", whole(1, 1_000), "100", "Longest page to ask for there."));

  static final Setting<Integer> MAX_SIMILAR_USERS =
      row(
          fixed(
              "MAX_SIMILAR_USERS",
              whole(1, 1_000),
              "20",
              "How many of those who took the same have a say in a personal page."));

  static final Setting<Duration> POPULAR_ITEMS_REFRESH =
      row(
          fixed(
              "POPULAR_ITEMS_REFRESH_MINUTES",
              minutes(1, 1_440),
              "15",
              "How often it is counted anew what is popular with whom."));

  static final Setting<List<String>> SEGMENT_ATTRIBUTES =
      row(
          fixed(
              "SEGMENT_ATTRIBUTES",
              atMost(5, listOf(word("the name of an attribute of users", "[A-Za-z0-9_.-]{1,255}"))),
              "geo_id,gender,age",
              "By which attributes of users popularity is counted, the most general first; lists of"
                  + " users of whom little else is known begin with it."));

  static final Setting<Config.SegmentCounting> SEGMENT_COUNTING =
      row(
          fixed(
              "SEGMENT_COUNTING",
              oneOf(Config.SegmentCounting.class),
              "all_time",
              "What counts there: a click 1 and a like 3 for ever, or a click 3, 2, 1 and a like 5,"
                  + " 3, 1.5 in the last 7, 30, 90 days."));

  static final Setting<Duration> CACHE_TTL_POPULAR =
      row(
          fixed(
              "CACHE_TTL_POPULAR",
              seconds(0, 86_400),
              "900",
              "How long the order of popular items is kept for one kind of visitor."));

  static final Setting<Duration> CACHE_TTL_PERSONALIZED =
      row(
          fixed(
              "CACHE_TTL_PERSONALIZED",
              seconds(0, 86_400),
              "7200",
              "How long a personal list is kept, unless something changes it."));

  static final Setting<Duration> CACHE_TTL_USER_PROFILE =
      row(
          fixed(
              "CACHE_TTL_USER_PROFILE",
              seconds(0, 86_400),
              "14400",
              "How long what a visitor's deeds say of them is kept, unless they do something."));

  static final Setting<Optional<String>> BASIC_AUTH_USERNAME =
      row(
          fixed(
              "BASIC_AUTH_USERNAME",
              maybe(word("a name without a colon", "[^:\\s]{1,255}")),
              "",
              "With BASIC_AUTH_PASSWORD, opens over HTTP Basic what a server key opens."));

  static final Setting<Optional<Secret>> BASIC_AUTH_PASSWORD =
      row(
          secret(
              "BASIC_AUTH_PASSWORD",
              maybe(ValueType.secret(1, 512)),
              "",
              "The password that goes with BASIC_AUTH_USERNAME."));

  // Learning

  static final Setting<Integer> FEATURE_VECTOR_DIMENSION =
      row(
          fixed(
              "FEATURE_VECTOR_DIMENSION",
              whole(8, 4_000),
              "512",
              "Numbers in a feature vector; cannot change once vectors are stored."));

  static final Setting<Config.VectorSearch> VECTOR_SEARCH =
      row(
          fixed(
              "VECTOR_SEARCH",
              oneOf(Config.VectorSearch.class),
              "memory",
              "Where nearest vectors are looked up: in the process, or by pgvector's index."));

  static final Setting<Duration> INCREMENTAL_UPDATE_INTERVAL =
      row(
          live(
              "INCREMENTAL_UPDATE_INTERVAL_SECS",
              seconds(1, 86_400),
              "10",
              "How often new interactions reach other users' lists."));

  static final Setting<Duration> FULL_REBUILD_INTERVAL =
      row(
          live(
              "FULL_REBUILD_INTERVAL_HOURS",
              hours(1, 8_760),
              "24",
              "How often the models are learned anew."));

  static final Setting<Duration> TRENDING_UPDATE_INTERVAL =
      row(
          live(
              "TRENDING_UPDATE_INTERVAL_HOURS",
              hours(1, 8_760),
              "1",
              "How often trending's baselines are computed anew."));

  static final Setting<Duration> CHECKPOINT_INTERVAL =
      row(
          fixed(
              "CHECKPOINT_INTERVAL_SECS",
              seconds(0, 86_400),
              "300",
              "How often what is known in memory is written into KINDRED_DATA, so that a start need"
                  + " not read the whole log; 0: never."));

  // Measuring

  static final Setting<ZoneId> TIME_ZONE =
      row(
          tenant(
              "TIME_ZONE",
              timeZone(),
              "UTC",
              "Where users live: tells morning from evening where a behaviour does not."));

  static final Setting<Integer> RETENTION_DAYS =
      row(
          tenant(
              "RETENTION_DAYS",
              whole(0, 36_500),
              "90",
              "How long single behaviours are kept, from when they happened; 0 keeps them. What they"
                  + " add up to stays, and so does every other interaction."));

  static final Setting<Double> EXPOSURE_SAMPLE_RATIO =
      row(
          live(
              "EXPOSURE_SAMPLE_RATIO",
              number(0, 1),
              "0.01",
              "Which share of the lists that are shown is kept, with whom they were for and what was"
                  + " in them: 1 keeps all of them, 0 none."));

  static final Setting<Integer> EXPOSURE_RETENTION_DAYS =
      row(
          live(
              "EXPOSURE_RETENTION_DAYS",
              whole(1, 3_650),
              "30",
              "How long lists that were shown are kept."));

  // Watching it

  static final Setting<Config.LogLevel> LOG_LEVEL =
      row(
          live(
              "LOG_LEVEL", oneOf(Config.LogLevel.class), "info", "Least severity that is logged."));

  static final Setting<Config.LogFormat> LOG_FORMAT =
      row(
          fixed(
              "LOG_FORMAT",
              oneOf(Config.LogFormat.class),
              "json",
              "How log lines look: a JSON object each, or text for people."));

  static final Setting<Boolean> METRICS_ENABLED =
      row(fixed("METRICS_ENABLED", yesNo(), "true", "Whether /metrics answers."));

  static final Setting<Boolean> METRICS_REQUIRE_KEY =
      row(fixed("METRICS_REQUIRE_KEY", yesNo(), "false", "Whether /metrics needs an admin key."));

  static final Setting<Boolean> TRACING_ENABLED =
      row(fixed("TRACING_ENABLED", yesNo(), "false", "Whether traces are sent."));

  static final Setting<URI> TRACING_ENDPOINT =
      row(
          fixed(
              "TRACING_ENDPOINT",
              webAddress(),
              "http://localhost:4318",
              "The OpenTelemetry collector that traces are sent to, over OTLP/HTTP."));

  static final Setting<Double> TRACING_SAMPLE_RATIO =
      row(
          fixed(
              "TRACING_SAMPLE_RATIO",
              number(0, 1),
              "1",
              "Share of the traces begun here that are sent; those that a caller began follow the"
                  + " caller."));

  private Settings() {}

  /** The key of that name, in any case and with any dashes. */
  static Optional<Setting<?>> named(String name) {
    String wanted = canonical(name);
    for (Setting<?> setting : ALL) if (setting.name().equals(wanted)) return Optional.of(setting);
    return Optional.empty();
  }

  /** The name of the key that somebody may have meant. */
  static String nearest(String name) {
    String wanted = canonical(name);
    return ALL.stream()
        .map(Setting::name)
        .min(Comparator.comparingInt((String known) -> Words.edits(wanted, known)))
        .orElseThrow();
  }

  private static String canonical(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static <T> Setting<T> row(Setting<T> setting) {
    TABLE.add(setting);
    return setting;
  }
}
