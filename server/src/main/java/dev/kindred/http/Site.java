package dev.kindred.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Everything that a request is served from: immutable, and swapped whole when the configuration or
 * the keys change.
 */
record Site(
    HttpSettings settings,
    Routes routes,
    List<HttpMetrics> metrics,
    HttpMetrics unmatched,
    Keyring keyring,
    Cors cors,
    ClientAddress addresses,
    Tenants tenants,
    Freshness freshness,
    Idempotency idempotency) {

  static Site of(
      HttpSettings settings,
      Routes routes,
      Keyring keyring,
      MeterRegistry registry,
      Freshness freshness,
      Idempotency idempotency) {
    return new Site(
        settings,
        routes,
        routes.all().stream()
            .map(route -> new HttpMetrics(registry, route.method().name(), route.template()))
            .toList(),
        new HttpMetrics(registry, "ANY", "unmatched"),
        keyring,
        new Cors(settings.corsOrigins()),
        new ClientAddress(Networks.of(settings.rateLimit().trustedProxies())),
        new Tenants(settings.tenancy()),
        freshness,
        idempotency);
  }

  Site with(Keyring next) {
    return new Site(
        settings,
        routes,
        metrics,
        unmatched,
        next,
        cors,
        addresses,
        tenants,
        freshness,
        idempotency);
  }

  Site with(HttpSettings next) {
    return new Site(
        next,
        routes,
        metrics,
        unmatched,
        keyring,
        new Cors(next.corsOrigins()),
        new ClientAddress(Networks.of(next.rateLimit().trustedProxies())),
        new Tenants(next.tenancy()),
        freshness,
        idempotency);
  }

  /** Whether a caller has to show a key: it is asked for, and there is one. */
  boolean asksForKey() {
    return settings.auth().required() && !keyring.isEmpty();
  }

  HttpMetrics metricsOf(Visit visit) {
    return visit.match == null ? unmatched : metrics.get(visit.match.target().index());
  }
}
