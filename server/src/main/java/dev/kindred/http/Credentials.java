package dev.kindred.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a request shows: {@code X-API-Key: K}, or Authorization with or without Bearer.
 */
final class Credentials {

  private static final String BEARER = "bearer ";

  private Credentials() {}

  /** The key in {@code ?api_key=}, for callers that cannot set headers. */
  static @Nullable String inQuery(RoutingRequest request) {
    return Query.parse(RawRequest.query(request)).one("api_key").orElse(null);
  }

  static @Nullable String shown(RoutingRequest request) {
    String key = RawRequest.text(request, RawRequest.API_KEY);
    if (key != null) return key;
    String authorization = RawRequest.text(request, HeaderNames.AUTHORIZATION);
    if (authorization == null) return null;
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : authorization;
  }
}
