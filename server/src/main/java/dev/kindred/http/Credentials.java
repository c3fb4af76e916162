package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a request shows: {@code X-API-Key: K}, or Authorization with or without Bearer,
 * or with Basic.
 */
final class Credentials {

  private static final String BEARER = "bearer ";

  private static final String BASIC = "basic ";

  private Credentials() {}

  /** The key in {@code ?api_key=}, for callers that cannot set headers. */
  static @Nullable String inQuery(RoutingRequest request) {
    return Query.parse(RawRequest.query(request)).one("api_key").orElse(null);
  }

  /** The secret that user and password are, joined by a colon; no key begins like it. */
  static String basic(String userAndPassword) {
    return BASIC + userAndPassword;
  }

  /** What is not Base64 opens nothing, like any other wrong secret. */
  private static String basicShown(String encoded) {
    try {
      return basic(new String(Base64.getDecoder().decode(encoded), UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return BASIC;
    }
  }

  static @Nullable String shown(RoutingRequest request) {
    String key = RawRequest.text(request, RawRequest.API_KEY);
    if (key != null && !key.isEmpty()) return key;
    String authorization = RawRequest.text(request, HeaderNames.AUTHORIZATION);
    if (authorization == null) return null;
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basicShown(authorization.substring(BASIC.length()).strip());
    }
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : authorization;
  }
}
