package dev.kindred.http;

import dev.kindred.trace.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the rim shows to those who run the server, and by what it is run.
 *
 * @param version of the program
 * @param components whose state {@code /health} and {@code /ready} tell
 * @param settings the effective configuration, secrets masked
 * @param lastReading what became of the file when it was read last
 * @param shared buckets that all replicas take from, where there are any
 */
public record Operations(
    String version,
    PrometheusMeterRegistry metrics,
    List<Component> components,
    Supplier<List<ShownSetting>> settings,
    Supplier<ShownReading> lastReading,
    Tracing tracing,
    Optional<SharedBuckets> shared,
    Clock clock) {

  /**
   * How the last reading of the configuration's file went.
   *
   * @param changed the keys that have another value since
   * @param needRestart those that will have one after a restart
   * @param problems why it was refused; none where it was taken
   */
  public record ShownReading(
      Instant at, List<String> changed, List<String> needRestart, List<String> problems) {}

  /** One line of the configuration. */
  public record ShownSetting(String name, String value, String source) {}

  public Operations {
    components = List.copyOf(components);
  }
}
