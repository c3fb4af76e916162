package dev.kindred.http;

import dev.kindred.trace.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the rim shows to those who run the server, and by what it is run.
 *
 * @param version of the program
 * @param components whose state {@code /health} and {@code /ready} tell
 * @param settings the effective configuration, secrets masked
 * @param shared buckets that all replicas take from, where there are any
 */
public record Operations(
    String version,
    PrometheusMeterRegistry metrics,
    List<Component> components,
    Supplier<List<ShownSetting>> settings,
    Tracing tracing,
    Optional<SharedBuckets> shared,
    Clock clock) {

  /** One line of the configuration. */
  public record ShownSetting(String name, String value, String source) {}

  public Operations {
    components = List.copyOf(components);
  }
}
