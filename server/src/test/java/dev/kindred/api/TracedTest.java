package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.trace.SpanCollector;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the time of a request goes, as a collector of traces is told. */
@Tag(TestServices.TAG)
final class TracedTest {

  @Test
  @Timeout(60)
  void a_request_shows_what_it_asked_the_database_and_redis_for(@TempDir Path data)
      throws Exception {
    try (var collector = new SpanCollector()) {
      Map<String, String> variables =
          Map.of(
              "TRACING_ENABLED",
              "true",
              "TRACING_ENDPOINT",
              collector.address().toString(),
              "RATE_LIMIT_ENABLED",
              "true",
              "REDIS_URL",
              TestServices.redisUrl());
      try (TestKindred kindred = TestKindred.onSqlite(data, variables)) {
        assertThat(kindred.put("/api/v1/users/ann", "{\"attributes\":{}}").status()).isEqualTo(201);
      }
      String request = collector.named("PUT /api/v1/users/{user_id}").spanId();
      assertThat(collector.spans())
          .filteredOn(span -> span.parentId().equals(request))
          .extracting(SpanCollector.Span::name)
          .contains("redis take", "database commit");
    }
  }
}
