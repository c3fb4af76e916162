package dev.kindred.http;

import dev.kindred.recommend.Algorithm;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Times the lists of each algorithm, found or made, HTTP aside. */
public final class ListTimes {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(20_000),
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(200_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
  };

  private final Map<Algorithm, Timer> timers = new EnumMap<>(Algorithm.class);

  public ListTimes(MeterRegistry metrics) {
    for (Algorithm algorithm : Algorithm.values()) {
      timers.put(
          algorithm,
          Timer.builder("recommendation.duration")
              .description("How long it took to find or make a list")
              .tag("algorithm", algorithm.word())
              .serviceLevelObjectives(BUCKETS)
              .register(metrics));
    }
  }

  public void record(Algorithm algorithm, long nanos) {
    Timer timer = timers.get(algorithm);
    if (timer != null) timer.record(nanos, TimeUnit.NANOSECONDS);
  }
}
