package dev.kindred;

/**
 * Where the real services for tests are. A test that uses one carries
 * {@code @Tag(TestServices.TAG)}, by which {@code ./kindred test --quick} leaves it out; everywhere
 * else a missing service fails the test, for a skipped one proves nothing.
 */
public final class TestServices {
  public static final String TAG = "services";

  private TestServices() {}

  /**
   * PostgreSQL with pgvector, as {@code postgresql://USER@HOST:PORT/DATABASE}; the user may create
   * databases.
   */
  public static String databaseUrl() {
    return given("TEST_DATABASE_URL");
  }

  /** Redis, as {@code redis://HOST:PORT}. */
  public static String redisUrl() {
    return given("TEST_REDIS_URL");
  }

  /** A headless Chromium. */
  public static String chromium() {
    return given("TEST_CHROMIUM");
  }

  private static String given(String variable) {
    var value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      throw new AssertionError(
          variable
              + " is not set: './kindred test' starts the services, './kindred services up' keeps them running"
              + " and prints the variable, './kindred test --quick' leaves these tests out");
    }
    return value;
  }
}
