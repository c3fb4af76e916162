package dev.kindred.http;

import dev.kindred.http.TokenBucket.Tokens;
import io.helidon.webserver.http.RoutingRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What the rim finds out about one request, step by step. */
final class Visit {

  final RoutingRequest request;
  final Connection connection;
  final Site site;
  final long began;
  final String requestId;
  final InetAddress address;

  /** The origin that may see the answer, or {@code *}; empty where no page of another site may. */
  String allowedOrigin = "";

  // Each null until that step is done, or where there is none.
  Routes.@Nullable Match match;
  Keyring.@Nullable Entry key;
  @Nullable Tokens tokens;
  @Nullable Exchange exchange;

  Visit(
      RoutingRequest request,
      Connection connection,
      Site site,
      long began,
      String requestId,
      InetAddress address) {
    this.request = request;
    this.connection = connection;
    this.site = site;
    this.began = began;
    this.requestId = requestId;
    this.address = address;
  }

  /** The name under which an address has its requests counted. */
  String countedAddress() {
    return ClientAddress.countedAs(address);
  }

  boolean isOperation() {
    return match != null && match.target().route().has(Route.Trait.OPERATION);
  }

  boolean isSocket() {
    return match != null && match.target().route().has(Route.Trait.SOCKET);
  }

  Errors.Reader reader() {
    return new Errors.Reader(requestId, Accepts.problemJson(request.headers()));
  }
}
