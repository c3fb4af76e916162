package dev.kindred.http;

import dev.kindred.domain.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the rim is set up.
 *
 * @param host the address to listen on; without any key it is the loopback address whatever stands
 *     here
 * @param port 0 picks a free one
 * @param corsOrigins the web origins whose pages may call; {@code *} is every one
 */
public record HttpSettings(
    String host,
    int port,
    Auth auth,
    Tenancy tenancy,
    RateLimit rateLimit,
    List<String> corsOrigins,
    Limits limits,
    Metrics metrics,
    Shutdown shutdown) {

  /**
   * Who has to show a key.
   *
   * @param required whether a key is asked for at all
   * @param adminKey the first admin key, in clear
   * @param basic user and password, joined by a colon, that open what a server key opens
   */
  public record Auth(boolean required, Optional<String> adminKey, Optional<String> basic) {

    public static final Auth DEFAULT = new Auth(true, Optional.empty());

    public Auth(boolean required, Optional<String> adminKey) {
      this(required, adminKey, Optional.empty());
    }

    @Override
    public String toString() {
      return "Auth[required=" + required + "]";
    }
  }

  /**
   * Which tenants there are.
   *
   * @param many whether there are tenants beside the default one
   */
  public record Tenancy(boolean many, TenantId byDefault) {

    public static final Tenancy DEFAULT = new Tenancy(false, new TenantId("default"));
  }

  /**
   * How many requests a caller may send.
   *
   * @param trustedProxies addresses or CIDR blocks whose {@code X-Forwarded-For} counts
   */
  public record RateLimit(
      boolean enabled, int requestsPerMinute, int burst, List<String> trustedProxies) {

    public static final RateLimit DEFAULT = new RateLimit(true, 1_000, 100, List.of());

    public RateLimit {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /**
   * How large and how slow a request may be.
   *
   * @param bodyBytes the largest body, as sent and as unpacked; streamed imports may be larger
   * @param connections open connections at a time; further ones wait to be accepted
   * @param silence how long a caller may pause while sending a request
   * @param whole how long sending a whole request may take; streamed imports may take longer
   * @param idle how long a connection stays open without a request
   */
  public record Limits(
      int bodyBytes, int connections, Duration silence, Duration whole, Duration idle) {

    public static final Limits DEFAULT =
        new Limits(
            10 << 20,
            10_000,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(75));
  }

  /**
   * Whether numbers are kept, and for whom.
   *
   * @param open whether {@code /metrics} answers without a key
   */
  public record Metrics(boolean enabled, boolean open) {

    public static final Metrics DEFAULT = new Metrics(true, true);
  }

  /**
   * How long stopping may take.
   *
   * @param drain how long new requests are still taken after {@code /ready} has turned, so that
   *     load balancers notice
   * @param timeout when to give up on requests under way, counted from the beginning
   */
  public record Shutdown(Duration drain, Duration timeout) {

    public static final Shutdown DEFAULT =
        new Shutdown(Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  public HttpSettings {
    corsOrigins = List.copyOf(corsOrigins);
  }

  /** What fits a laptop: the defaults of every part. */
  public static HttpSettings defaults(String host, int port) {
    return new HttpSettings(
        host,
        port,
        Auth.DEFAULT,
        Tenancy.DEFAULT,
        RateLimit.DEFAULT,
        List.of(),
        Limits.DEFAULT,
        Metrics.DEFAULT,
        Shutdown.DEFAULT);
  }
}
