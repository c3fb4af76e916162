package dev.kindred.http;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request, as a handler sees it. Belongs to the thread that handles it. */
public final class Exchange {

  private final RoutingRequest request;
  private final Connection connection;
  private final Routes.Match match;
  private final Query query;
  private final String requestId;
  private final Caller caller;
  private final Tenants tenants;
  private final Body body;

  // Null until it is read.
  private byte @Nullable [] bytes;
  private TenantId tenant;
  // Null where the caller sent no Idempotency-Key.
  private Idempotency.@Nullable Attempt attempt;
  // Null where the connection goes on with HTTP.
  private Sockets.@Nullable Talk talk;
  // Null where no step was timed.
  private @Nullable StringBuilder timings;

  Exchange(
      RoutingRequest request,
      Connection connection,
      Routes.Match match,
      String requestId,
      Caller caller,
      Tenants tenants,
      Body body) {
    this.request = request;
    this.connection = connection;
    this.match = match;
    this.query = Query.parse(RawRequest.query(request));
    this.requestId = requestId;
    this.caller = caller;
    this.tenants = tenants;
    this.body = body;
    this.tenant = chooseTenant(null);
  }

  public Route route() {
    return match.target().route();
  }

  /** The value of a parameter of the route's template, decoded. */
  public String path(String parameter) {
    int index = match.target().parameters().indexOf(parameter);
    if (index < 0) throw new IllegalArgumentException(route() + " has no " + parameter);
    return match.values()[index];
  }

  public Query query() {
    return query;
  }

  /** The value of a header of the request; the name in any case. */
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** The media type of the body, in lower case and without its parameters; empty where none. */
  public String mediaType() {
    return MediaTypes.bare(contentType());
  }

  /** Whose data this is about, as far as key, header and query tell it. */
  public TenantId tenant() {
    return tenant;
  }

  /**
   * Whose data this is about, where the body (or the path) may name it too. A handler whose body
   * may hold {@code tenant_id} asks this, and only this, once it has read the body.
   */
  public TenantId tenant(Optional<String> named) {
    if (named.isPresent()) tenant = chooseTenant(named.get());
    return tenant;
  }

  public Caller caller() {
    return caller;
  }

  /** The id that stands in the answer, the log and the trace of this request. */
  public String requestId() {
    return requestId;
  }

  /**
   * The whole body, unpacked; never more than the limit for bodies. It is JSON, or lines of it
   * where the route takes streams. Not a copy.
   */
  public byte[] body() {
    if (bytes == null) {
      boolean lines = route().has(Route.Trait.STREAMED_BODY) && MediaTypes.isLines(mediaType());
      if (lines) MediaTypes.requireUtf8(contentType());
      else MediaTypes.requireJson(contentType());
      bytes = body.bytes();
    }
    return bytes;
  }

  /**
   * The body bit by bit, unpacked, of any length and type. Only on routes that have the {@link
   * Route.Trait#STREAMED_BODY}.
   */
  public InputStream bodyStream() {
    if (!route().has(Route.Trait.STREAMED_BODY)) {
      throw new IllegalStateException(route() + " does not take streams");
    }
    MediaTypes.requireUtf8(contentType());
    connection.bodyIsStreamed();
    InputStream stream = body.stream();
    return attempt == null ? stream : attempt.hashing(stream);
  }

  /**
   * What to put into the {@link Submission}, so that it takes effect once: present where the caller
   * sent an {@code Idempotency-Key}.
   *
   * @param answer what to answer to the outcomes; called inside the transaction, so pure and quick.
   *     A {@link KindredException} that it throws is an answer too
   */
  public Optional<Submission.Once> once(Function<List<Outcome>, Answer> answer) {
    return attempt == null ? Optional.empty() : Optional.of(attempt.once(answer));
  }

  /** The answer to a submission: the first one again, or this one at the receipt's position. */
  public Answer answer(Submission.Receipt receipt, Function<List<Outcome>, Answer> answer) {
    if (receipt.replayed().isPresent()) {
      if (attempt == null) throw new IllegalStateException("replayed without a key");
      return attempt.replay(receipt.replayed().get());
    }
    return answer.apply(receipt.outcomes()).at(receipt.position());
  }

  /**
   * The answer after which the connection is a WebSocket. Only on routes that have the {@link
   * Route.Trait#SOCKET}.
   */
  Answer becomeSocket(Sockets.Talk begun) {
    String key = header("Sec-WebSocket-Key").orElse("");
    boolean isAsked =
        header("Upgrade").map(to -> to.equalsIgnoreCase("websocket")).orElse(false)
            && header("Sec-WebSocket-Version").map("13"::equals).orElse(false)
            && key.matches("[A-Za-z0-9+/]{22}==");
    if (!isAsked) throw new Refusal(426, "this is a WebSocket of version 13; ask to upgrade to it");
    talk = begun;
    return Answer.of(101, "", new byte[0]).with("Sec-WebSocket-Accept", WebSocket.accept(key));
  }

  Sockets.@Nullable Talk talk() {
    return talk;
  }

  /** Adds a step to {@code Server-Timing}; the name is one word. */
  public void timed(String step, long nanos) {
    if (timings == null) timings = new StringBuilder(64);
    ServerTiming.append(timings, step, nanos);
  }

  @Nullable CharSequence timings() {
    return timings;
  }

  String contentType() {
    return request.headers().contains(HeaderNames.CONTENT_TYPE)
        ? request.headers().get(HeaderNames.CONTENT_TYPE).get()
        : "";
  }

  boolean bodyIsStreamed() {
    return bytes == null
        && route().has(Route.Trait.STREAMED_BODY)
        && !MediaTypes.isJson(mediaType());
  }

  /** What is asked for, as it was written: method, path and query. */
  String rawTarget() {
    return route().method() + " " + RawRequest.path(request) + "?" + RawRequest.query(request);
  }

  Body rawBody() {
    return body;
  }

  void attempt(Idempotency.Attempt begun) {
    attempt = begun;
  }

  private TenantId chooseTenant(@Nullable String inBody) {
    TenantId ofKey = caller.key().flatMap(ApiKey::tenant).orElse(null);
    return tenants.choose(
        ofKey,
        new Tenants.Named(
            RawRequest.one(request, RawRequest.TENANT),
            query.one("tenant_id").orElse(null),
            inBody));
  }

  static KindredException badRequest(String message) {
    return new KindredException(ErrorCode.BAD_REQUEST, message);
  }
}
