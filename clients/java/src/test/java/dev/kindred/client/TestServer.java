package dev.kindred.client;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The real server that the tests talk to. */
final class TestServer {

  static final String URL = environment("KINDRED_TEST_URL");
  static final String KEY = environment("KINDRED_TEST_KEY");

  private TestServer() {}

  static Kindred client() {
    return Kindred.connect(URL, KEY);
  }

  static Kindred clientOf(FlakyProxy proxy, int retries) {
    return Kindred.builder(proxy.url())
        .apiKey(KEY)
        .retry(RetryPolicy.standard().withRetries(retries).withWaits(Duration.ZERO, Duration.ZERO))
        .build();
  }

  static String newId() {
    return "java-" + UUID.randomUUID();
  }

  private static String environment(String name) {
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(() ->
            new IllegalStateException(
                name + " is not set; './kindred clients test java' starts a server and sets it"));
  }
}
