package dev.kindred.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  @Test
  void a_request_goes_on_with_its_callers_trace_and_what_it_asks_for_is_its_child() {
    try (var collector = new SpanCollector()) {
      try (var tracing = new OtlpTracing(collector.address(), 1, "1.2.3");
          var request =
              tracing.request(
                  "GET /api/v1/entities/{id}", Optional.of("00-" + TRACE + "-" + CALLER + "-01"))) {
        assertThat(request.traceId()).isEqualTo(TRACE);
        try (var call = tracing.call("SELECT entities")) {
          call.with("db.system.name", "sqlite");
        }
        request.with("http.response.status_code", 200).failed("no");
      }
      var spans = collector.spans();
      assertThat(spans).extracting(SpanCollector.Span::traceId).containsOnly(TRACE);
      var request = collector.named("GET /api/v1/entities/{id}");
      var call = collector.named("SELECT entities");
      assertThat(request.parentId()).isEqualTo(CALLER);
      assertThat(call.parentId()).isEqualTo(request.spanId());
      assertThat(collector.path()).isEqualTo("/v1/traces");
      assertThat(spans).hasSize(2);
    }
  }

  @Test
  void a_request_without_a_valid_traceparent_begins_a_trace() {
    try (var collector = new SpanCollector()) {
      try (var tracing = new OtlpTracing(collector.address(), 1, "1.2.3")) {
        tracing.request("GET /health", Optional.empty()).close();
        tracing.request("GET /ready", Optional.of("00-nonsense-01")).close();
      }
      assertThat(collector.named("GET /health").parentId()).isEmpty();
      assertThat(collector.named("GET /ready").parentId()).isEmpty();
      assertThat(collector.spans()).extracting(SpanCollector.Span::traceId).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_share_of_nothing_sends_only_what_callers_ask_for() {
    try (var collector = new SpanCollector()) {
      try (var tracing = new OtlpTracing(collector.address(), 0, "1.2.3")) {
        tracing.request("GET /health", Optional.empty()).close();
        tracing.request("GET /ready", Optional.of("00-" + TRACE + "-" + CALLER + "-01")).close();
      }
      assertThat(collector.spans()).extracting(SpanCollector.Span::name).containsOnly("GET /ready");
    }
  }

  @Test
  void a_collector_that_is_not_there_costs_no_error() {
    try (var tracing = new OtlpTracing(URI.create("http://127.0.0.1:9"), 1, "1.2.3")) {
      tracing.request("GET /health", Optional.empty()).close();
    }
  }

  @Test
  void switched_off_it_does_nothing() {
    try (var span = Tracing.OFF.request("GET /health", Optional.empty())) {
      assertThat(span).isSameAs(Tracing.OFF.call("SELECT"));
      assertThat(span.traceId()).isEmpty();
    }
  }
}
