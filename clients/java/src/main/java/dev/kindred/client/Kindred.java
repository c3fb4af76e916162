package dev.kindred.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Talks to a Kindred server. Make one and keep it; threads may share it.
 *
 * <p>Calls block; run them on virtual threads where there are many. {@link #withTenant}, {@link
 * #withTimeout} and their like give a client that differs in one thing and shares the connections.
 */
public final class Kindred extends ShopCalls {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Kindred(Connection connection, Options options) {
    super(connection, options);
  }

  /** A client with a key and nothing special. */
  public static Kindred connect(String baseUrl, String apiKey) {
    return builder(baseUrl).apiKey(apiKey).build();
  }

  /** Begins a client for the server at an address, for example {@code http://localhost:8080}. */
  public static Builder builder(String baseUrl) {
    return new Builder(baseUrl);
  }

  /** The same client for the data of a tenant; for keys that open all tenants. */
  public Kindred withTenant(String tenantId) {
    return with(
        new Options(
            Optional.of(tenantId),
            options.minPosition(),
            options.idempotencyKey(),
            options.timeout()));
  }

  /** The same client, whose answers come from state that has seen this position. */
  public Kindred withMinPosition(long position) {
    return with(
        new Options(
            options.tenantId(),
            Optional.of(position),
            options.idempotencyKey(),
            options.timeout()));
  }

  /** The same client for one POST: sent again with this key within a day, it takes effect once. */
  public Kindred withIdempotencyKey(String key) {
    return with(
        new Options(
            options.tenantId(), options.minPosition(), Optional.of(key), options.timeout()));
  }

  /** The same client, with another time that each try may wait for an answer. */
  public Kindred withTimeout(Duration timeout) {
    return with(
        new Options(options.tenantId(), options.minPosition(), options.idempotencyKey(), timeout));
  }

  /** The position of the newest write that this client knows of. */
  public long lastPosition() {
    return connection.lastPosition().get();
  }

  /** Begins a queue that sends interactions in the background, many at once. */
  public InteractionQueue.Builder interactionQueue() {
    return new InteractionQueue.Builder(this);
  }

  private Kindred with(Options options) {
    return new Kindred(connection, options);
  }

  /** How a client is made. */
  public static final class Builder {

    private final String baseUrl;
    private Optional<String> apiKey = Optional.empty();
    private Optional<String> tenantId = Optional.empty();
    private Duration timeout = TIMEOUT;
    private RetryPolicy retry = RetryPolicy.standard();
    private boolean readYourWrites;
    private Optional<HttpClient> http = Optional.empty();

    private Builder(String baseUrl) {
      if (!baseUrl.startsWith("http://") && !baseUrl.startsWith("https://")) {
        throw new IllegalArgumentException(
            "the address must begin with http:// or https://, got '" + baseUrl + "'");
      }
      this.baseUrl = baseUrl.replaceAll("/+$", "");
    }

    /** The key; without one only a server without keys answers. */
    public Builder apiKey(String apiKey) {
      this.apiKey = Optional.of(apiKey);
      return this;
    }

    /** Whose data; for keys that open all tenants. */
    public Builder tenantId(String tenantId) {
      this.tenantId = Optional.of(tenantId);
      return this;
    }

    /** How long each try may wait for an answer: 10 seconds unless told. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /** How often to try again, and how long to wait in between. */
    public Builder retry(RetryPolicy retry) {
      this.retry = retry;
      return this;
    }

    /** Every read waits until it sees what this client wrote before, on any replica. */
    public Builder readYourWrites() {
      this.readYourWrites = true;
      return this;
    }

    /** An HTTP client of your own, for proxies, certificates, executors. */
    public Builder httpClient(HttpClient http) {
      this.http = Optional.of(http);
      return this;
    }

    /** Makes it. Nothing is sent yet. */
    public Kindred build() {
      HttpClient client = http.orElseGet(() -> standardClient(timeout));
      var connection =
          new Connection(client, baseUrl, apiKey, retry, readYourWrites, new AtomicLong());
      return new Kindred(
          connection, new Options(tenantId, Optional.empty(), Optional.empty(), timeout));
    }

    /** Over plain HTTP the JDK would ask each server for HTTP/2 first, which only costs. */
    private static HttpClient standardClient(Duration timeout) {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(timeout)
          .build();
    }
  }
}
