package dev.kindred.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings with one part changed. */
final class With {

  private With() {}

  static HttpSettings adminKey(HttpSettings s, Optional<String> key) {
    return auth(s, new HttpSettings.Auth(s.auth().required(), key));
  }

  static HttpSettings auth(HttpSettings s, HttpSettings.Auth auth) {
    return new HttpSettings(
        s.host(),
        s.port(),
        auth,
        s.tenancy(),
        s.rateLimit(),
        s.corsOrigins(),
        s.limits(),
        s.metrics(),
        s.shutdown());
  }

  static HttpSettings tenancy(HttpSettings s, HttpSettings.Tenancy tenancy) {
    return new HttpSettings(
        s.host(),
        s.port(),
        s.auth(),
        tenancy,
        s.rateLimit(),
        s.corsOrigins(),
        s.limits(),
        s.metrics(),
        s.shutdown());
  }

  static HttpSettings manyTenants(HttpSettings s) {
    return tenancy(s, new HttpSettings.Tenancy(true, s.tenancy().byDefault()));
  }

  static HttpSettings rateLimit(HttpSettings s, HttpSettings.RateLimit limit) {
    return new HttpSettings(
        s.host(),
        s.port(),
        s.auth(),
        s.tenancy(),
        limit,
        s.corsOrigins(),
        s.limits(),
        s.metrics(),
        s.shutdown());
  }

  static HttpSettings cors(HttpSettings s, List<String> origins) {
    return new HttpSettings(
        s.host(),
        s.port(),
        s.auth(),
        s.tenancy(),
        s.rateLimit(),
        origins,
        s.limits(),
        s.metrics(),
        s.shutdown());
  }

  static HttpSettings limits(HttpSettings s, HttpSettings.Limits limits) {
    return new HttpSettings(
        s.host(),
        s.port(),
        s.auth(),
        s.tenancy(),
        s.rateLimit(),
        s.corsOrigins(),
        limits,
        s.metrics(),
        s.shutdown());
  }

  static HttpSettings metrics(HttpSettings s, HttpSettings.Metrics metrics) {
    return new HttpSettings(
        s.host(),
        s.port(),
        s.auth(),
        s.tenancy(),
        s.rateLimit(),
        s.corsOrigins(),
        s.limits(),
        metrics,
        s.shutdown());
  }

  static HttpSettings shutdown(HttpSettings s, HttpSettings.Shutdown shutdown) {
    return new HttpSettings(
        s.host(),
        s.port(),
        s.auth(),
        s.tenancy(),
        s.rateLimit(),
        s.corsOrigins(),
        s.limits(),
        s.metrics(),
        shutdown);
  }

  static HttpSettings quickShutdown(HttpSettings s) {
    return shutdown(s, new HttpSettings.Shutdown(Duration.ZERO, Duration.ofSeconds(5)));
  }
}
