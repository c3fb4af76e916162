package dev.kindred.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

  @Test
  void the_defaults_work_on_a_laptop() {
    var config = Config.of(Map.of());
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.http().requestBytesMax()).isEqualTo(10 << 20);
    assertThat(config.database().url().value()).isEqualTo("sqlite:./data/kindred.db");
    assertThat(config.database().isPostgres()).isFalse();
    assertThat(config.redis().url()).isEmpty();
    assertThat(config.security().requiresKey()).isTrue();
    assertThat(config.recommendation().cacheTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.learning().fullRebuildInterval()).isEqualTo(Duration.ofDays(1));
    assertThat(config.cors().allowedOrigins()).isEmpty();
  }

  @Test
  void every_default_is_allowed_and_every_name_is_used_once() {
    assertThat(Settings.ALL).allSatisfy(setting -> setting.parse(setting.standard()));
    assertThat(Settings.ALL.stream().map(Setting::name)).doesNotHaveDuplicates();
  }

  @Test
  void flags_count_before_the_environment_that_before_the_file_that_before_the_defaults() {
    var values =
        ConfigValues.of(
            Map.of("PORT", "1"),
            Map.of("PORT", "2", "HOST", "two", "PATH", "/bin"),
            Map.of("port", "3", "host", "three", "log_level", "debug"));
    assertThat(values.config().http().port()).isEqualTo(1);
    assertThat(values.config().http().host()).isEqualTo("two");
    assertThat(values.config().logging().level()).isEqualTo(Config.LogLevel.DEBUG);
    assertThat(values.shown().stream().map(s -> s.setting().name() + " " + s.source().word()))
        .contains("PORT flag", "HOST environment", "LOG_LEVEL file", "LOG_FORMAT default");
  }

  @Test
  void the_names_of_the_storefront_service_count_where_ours_are_absent() {
    var both =
        Map.of(
            "RECOMMENDATIONS_DATABASE_URL", "postgresql://a/b",
            "RECOMMENDATIONS_REDIS_URL", "redis://host:6379/1");
    var config = ConfigValues.of(Map.of(), both, Map.of()).config();
    assertThat(config.database().isPostgres()).isTrue();
    assertThat(config.redis().url()).contains(new Secret("redis://host:6379/1"));
  }

  @Test
  void an_empty_variable_is_an_absent_one() {
    var values = ConfigValues.of(Map.of(), Map.of("API_KEY", "", "PORT", " "), Map.of());
    assertThat(values.config().security().apiKey()).isEmpty();
    assertThat(values.config().http().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PORT|65536|a whole number from 0 to 65535",
        "PORT|http|a whole number from 0 to 65535",
        "PORT|99999999999|a whole number from 0 to 65535",
        "COLLABORATIVE_WEIGHT|1.1|a number from 0 to 1",
        "COLLABORATIVE_WEIGHT|NaN|a number from 0 to 1",
        "REQUIRE_API_KEY|maybe|true or false",
        "LOG_LEVEL|loud|one of trace, debug, info, warn, error",
        "KINDRED_ENV|test|one of development, production",
        "DATABASE_URL|mysql://db|an address that begins with sqlite: or postgresql:// or",
        "TRUSTED_PROXIES|10.0.0.0/33|an IP address, or a network such as 10.0.0.0/8",
        "TRUSTED_PROXIES|proxy.example|an IP address, or a network such as 10.0.0.0/8",
        "CORS_ALLOWED_ORIGINS|shop.example|* or an origin such as https://shop.example",
        "DEFAULT_TENANT_ID|trending|1 to 64 of [A-Za-z0-9._-]",
        "TRACING_ENDPOINT|collector:4318|an http:// or https:// address",
        "FULL_REBUILD_INTERVAL_HOURS|0|a whole number of hours from 1 to 8760",
        "SHUTDOWN_DRAIN_SECS|30|less than SHUTDOWN_TIMEOUT_SECS, which is 30",
        "COLLABORATIVE_WEIGHT|0.7|0.7 and 0.4",
        "DEFAULT_RECOMMENDATION_COUNT|101|at most MAX_RECOMMENDATION_COUNT, which is 100",
        "VECTOR_SEARCH|pgvector|memory unless DATABASE_URL is a postgresql:// address",
      })
  void a_wrong_value_is_refused_with_its_name_the_value_and_what_is_allowed(
      String name, String value, String allowed) {
    assertThatThrownBy(() -> Config.of(Map.of(name, value)))
        .isInstanceOf(ConfigError.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value)
        .hasMessageContaining(allowed);
  }

  @Test
  void all_problems_are_told_at_once() {
    assertThatThrownBy(() -> Config.of(Map.of("PORT", "x", "HOST", "a b", "HOSTS", "x")))
        .isInstanceOfSatisfying(ConfigError.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void an_unknown_key_is_refused_with_the_nearest_known_one() {
    assertThatThrownBy(() -> ConfigValues.of(Map.of(), Map.of(), Map.of("databse_ulr", "x")))
        .hasMessage("unknown key 'databse_ulr'; the nearest known one is DATABASE_URL");
    assertThatThrownBy(() -> Config.of(Map.of("LOGLEVEL", "info")))
        .hasMessageContaining("LOG_LEVEL");
  }

  @Test
  void the_file_is_yaml_with_flat_or_nested_keys_and_lists() {
    var yaml =
        """
        # how we run it
        port: 9000
        database:
          url: "postgresql://db.internal/kindred"
          max_connections: 7
        cors-allowed-origins: [ "https://a.example", "https://b.example" ]
        COLLABORATIVE_WEIGHT: 0.70
        content_based_weight: 0.30
        tracing_endpoint:
        """;
    var config = ConfigValues.of(Map.of(), Map.of(), file(yaml)).config();
    assertThat(config.http().port()).isEqualTo(9000);
    assertThat(config.database().connectionsMax()).isEqualTo(7);
    assertThat(config.cors().allowedOrigins())
        .containsExactly("https://a.example", "https://b.example");
    assertThat(config.recommendation().collaborativeWeight()).isEqualTo(0.7);
    assertThat(config.tracing().endpoint()).hasToString("http://localhost:4318");
  }

  @Test
  void an_empty_file_sets_nothing() {
    assertThat(file("")).isEmpty();
    assertThat(file("# nothing yet\n")).isEmpty();
  }

  @Test
  void a_file_that_is_not_yaml_is_refused_with_the_place() {
    assertThatThrownBy(() -> file("port: 80\nhost: [a\nlog_level: info\n"))
        .isInstanceOf(ConfigError.class)
        .hasMessageStartingWith("kindred.yaml, line ");
    assertThatThrownBy(() -> file("- port\n")).hasMessageContaining("must hold keys");
    assertThatThrownBy(() -> file("port: 1\nport: 2\n")).isInstanceOf(ConfigError.class);
    assertThatThrownBy(() -> ConfigValues.of(Map.of(), Map.of(), file("port: 1\nPORT: 2\n")))
        .hasMessageContaining("twice");
  }

  @Test
  void secrets_show_nowhere() {
    var values =
        ConfigValues.of(
            Map.of(),
            Map.of(
                "API_KEY", "correct-horse-battery",
                "DATABASE_URL", "postgresql://kindred:p%40ss:w@db:5432/k?sslpassword=hidden&x=1",
                "REDIS_URL", "redis://:hush@cache:6379/0"),
            Map.of());
    assertThat(values.config().toString() + values.shown())
        .doesNotContain("correct-horse", "p%40ss", "hidden", "hush")
        .contains("postgresql://kindred:****@db:5432/k?sslpassword=****&x=1")
        .contains("redis://:****@cache:6379/0");
    assertThatThrownBy(() -> Config.of(Map.of("API_KEY", "two words")))
        .hasMessageContaining("API_KEY must be a text of 1 to 512")
        .hasMessageContaining("'****'");
  }

  @Test
  void the_documented_example_key_does_not_start_in_production() {
    var settings = Map.of("API_KEY", Config.EXAMPLE_API_KEY, "KINDRED_ENV", "production");
    assertThatThrownBy(() -> Config.of(settings)).hasMessageContaining("example");
    assertThat(Config.of(Map.of("API_KEY", Config.EXAMPLE_API_KEY)).security().apiKey())
        .isPresent();
    assertThat(Config.of(Map.of("KINDRED_ENV", "production")).environment())
        .isEqualTo(Config.Environment.PRODUCTION);
  }

  @Test
  void idle_connections_are_never_more_than_there_may_be() {
    assertThat(Config.of(Map.of("DATABASE_MAX_CONNECTIONS", "3")).database().connectionsMin())
        .isEqualTo(3);
  }

  @Test
  void the_data_folder_holds_the_embedded_database() {
    var database = Config.of(Map.of("KINDRED_DATA", "/var/lib/kindred")).database();
    assertThat(database.url().value()).isEqualTo("sqlite:/var/lib/kindred/kindred.db");
    assertThat(database.data()).isEqualTo(Path.of("/var/lib/kindred"));
  }

  @Test
  void lists_may_hold_spaces_and_trailing_commas() {
    assertThat(Config.of(Map.of("TRUSTED_PROXIES", "10.0.0.0/8, ::1,")).rateLimit())
        .extracting(Config.RateLimit::trustedProxies)
        .isEqualTo(List.of("10.0.0.0/8", "::1"));
  }

  @Test
  void a_tenant_may_set_what_is_marked_so_for_itself() {
    var values = ConfigValues.of(Map.of("MAX_RECOMMENDATION_COUNT", "50"));
    var own =
        values.forTenant(
            Json.object(
                """
                {"COLLABORATIVE_WEIGHT": 0.25, "content_based_weight": 0.75,
                 "TRENDING_WINDOW_DAYS": 30, "RECOMMENDATION_CACHE_TTL_SECS": "60"}
                """,
                Limits.SETTINGS));
    assertThat(own.recommendation().contentBasedWeight()).isEqualTo(0.75);
    assertThat(own.recommendation().trendingWindowDays()).isEqualTo(30);
    assertThat(own.recommendation().cacheTtl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(own.recommendation().maxCount()).isEqualTo(50);
    assertThat(values.forTenant(JsonObject.EMPTY)).isSameAs(values.config());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"PORT\": 1}|/PORT: a tenant may set COLLABORATIVE_WEIGHT, ",
        "{\"WEIGHT\": 1}|/WEIGHT: a tenant may set COLLABORATIVE_WEIGHT, ",
        "{\"TRENDING_WINDOW_DAYS\": 91}|TRENDING_WINDOW_DAYS must be a whole number from 1 to 90",
        "{\"TRENDING_WINDOW_DAYS\": 1.5}|TRENDING_WINDOW_DAYS must be a whole number from 1 to 90",
        "{\"TRENDING_WINDOW_DAYS\": []}|/TRENDING_WINDOW_DAYS: ",
        "{\"COLLABORATIVE_WEIGHT\": 1}|must sum to 1, got 1.0 and 0.4",
      })
  void what_a_tenant_may_not_set_is_refused(String settings, String why) {
    var values = ConfigValues.of(Map.of());
    assertThatThrownBy(() -> values.forTenant(Json.object(settings, Limits.SETTINGS)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(why);
  }

  private static Map<String, String> file(String yaml) {
    return ConfigFile.parse("kindred.yaml", yaml.getBytes(UTF_8));
  }
}
