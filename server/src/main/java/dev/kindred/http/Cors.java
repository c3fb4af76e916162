package dev.kindred.http;

import java.util.List;
import java.util.function.Predicate;

/** Which web pages may call, and what their browsers are told. */
final class Cors {

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String REQUEST_HEADERS =
      "Accept, Authorization, Content-Encoding, Content-Type, Idempotency-Key, Prefer, traceparent,"
          + " tracestate, X-API-Key, X-Kindred-Min-Position, X-Request-ID, X-Tenant-ID";
  static final String ANSWER_HEADERS =
      "Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, Server-Timing,"
          + " X-Kindred-Position, X-Request-ID";

  private final boolean any;
  private final List<String> origins;

  Cors(List<String> origins) {
    this.any = origins.contains("*");
    this.origins = List.copyOf(origins);
  }

  /** What to say in {@code Access-Control-Allow-Origin}; empty where the origin may not call. */
  String allowed(String origin, Predicate<String> isBoundToAKey) {
    if (any) return "*";
    return origins.contains(origin) || isBoundToAKey.test(origin) ? origin : "";
  }

  /** The answer to a browser that asks before it calls. */
  Answer preflight() {
    return Answer.noContent()
        .with("Access-Control-Allow-Methods", METHODS)
        .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
        .with("Access-Control-Max-Age", "3600");
  }
}
