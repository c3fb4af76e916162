package dev.kindred.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Counts and times the requests of one route. Everything it needs is found beforehand. */
final class HttpMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10),
  };

  private final MeterRegistry registry;
  private final String method;
  private final String template;
  private final Timer duration;
  private final AtomicReferenceArray<Counts> byStatus = new AtomicReferenceArray<>(500);

  private record Counts(Counter requests, Counter errors) {}

  HttpMetrics(MeterRegistry registry, String method, String template) {
    this.registry = registry;
    this.method = method;
    this.template = template;
    this.duration =
        Timer.builder("http.request.duration")
            .description("How long requests took, from their head's end to their answer's")
            .tag("method", method)
            .tag("route", template)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  void record(int status, long nanos) {
    duration.record(nanos, TimeUnit.NANOSECONDS);
    Counts counts = counts(status);
    counts.requests().increment();
    if (status >= 400) counts.errors().increment();
  }

  private Counts counts(int status) {
    int slot = status - 100;
    Counts counts = byStatus.get(slot);
    if (counts == null) {
      counts =
          new Counts(
              counter("http.requests", "Requests answered", status),
              counter("http.requests.errors", "Requests answered with an error", status));
      byStatus.set(slot, counts);
    }
    return counts;
  }

  private Counter counter(String name, String description, int status) {
    return Counter.builder(name)
        .description(description)
        .tag("method", method)
        .tag("route", template)
        .tag("status", Integer.toString(status))
        .register(registry);
  }
}
