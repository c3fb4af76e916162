package dev.kindred.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.RoutingRequest;
import org.jspecify.annotations.Nullable;

/** A request's parts as Helidon has them: path and query undecoded, headers by prepared names. */
final class RawRequest {

  static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
  static final HeaderName TENANT = HeaderNames.create("X-Tenant-ID");
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-ID");
  static final HeaderName MIN_POSITION = HeaderNames.create("X-Kindred-Min-Position");
  static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

  private RawRequest() {}

  /** The path without its query. A request that names the whole address, as to a proxy, is fine. */
  static String path(RoutingRequest request) {
    String path = request.prologue().uriPath().rawPath();
    if (path.startsWith("/") || path.equals("*")) return path;
    int authority = path.indexOf("://");
    if (authority < 0)
      throw Exchange.badRequest("a path begins with '/', got " + Shown.value(path));
    int slash = path.indexOf('/', authority + 3);
    return slash < 0 ? "/" : path.substring(slash);
  }

  /** What stands behind the question mark; empty where there is none. */
  static String query(RoutingRequest request) {
    HttpPrologue prologue = request.prologue();
    return prologue.hasQuery() ? prologue.query().rawValue() : "";
  }

  static @Nullable Header header(RoutingRequest request, HeaderName name) {
    return request.headers().contains(name) ? request.headers().get(name) : null;
  }

  static @Nullable String text(RoutingRequest request, HeaderName name) {
    Header header = header(request, name);
    return header == null ? null : header.get();
  }

  /** All lines of a header as one. */
  static @Nullable String texts(RoutingRequest request, HeaderName name) {
    Header header = header(request, name);
    return header == null ? null : header.values();
  }

  /** The one value of a header; lines of it that differ are refused. */
  static @Nullable String one(RoutingRequest request, HeaderName name) {
    Header header = header(request, name);
    if (header == null) return null;
    for (String value : header.allValues()) {
      if (!value.equals(header.get())) {
        throw Exchange.badRequest(name.defaultCase() + " is sent twice with different values");
      }
    }
    return header.get();
  }
}
