package dev.kindred;

import dev.kindred.activity.LiveCounters;
import dev.kindred.collect.Tail;
import dev.kindred.http.ActivityApi;
import dev.kindred.http.Route;
import dev.kindred.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** Builds the live counters and what shows them. */
final class ActivityParts {

  /** So much of the log is counted at the start, as far as it is of the last day. */
  private static final long READ_AT_START = 100_000;

  private ActivityParts() {}

  static List<Route> routes(Store store, Tail tail, Clock clock, MeterRegistry metrics) {
    var counters = new LiveCounters(store, clock, LiveCounters.Limits.DEFAULT);
    tail.tell(counters, Math.max(0, tail.position() - READ_AT_START));
    var api = new ActivityApi(store, counters, clock);
    Gauge.builder("activity.connections", api, ActivityApi::connections)
        .description("Pages that live counters are told to")
        .register(metrics);
    return api.routes();
  }
}
