package dev.kindred.http;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Unavailable;
import dev.kindred.http.Lifecycle.Stage;
import dev.kindred.http.Route.Method;
import dev.kindred.http.TokenBucket.Tokens;
import dev.kindred.trace.Tracing;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes every request through the rim, step by step, to its handler and back. It stands in for
 * Helidon's own routing, which decodes and normalises paths before anybody can look at them.
 */
final class Dispatcher implements HttpRouting {

  private static final Duration FRESHNESS_PATIENCE = Duration.ofSeconds(1);
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final long LINGER_BYTES_MAX = 64L << 20;
  private static final long READ_OUT_BYTES_MAX = 64L << 10;

  private final Supplier<Site> site;
  private final Lifecycle lifecycle;
  private final Errors errors;
  private final RateLimiter limiter;
  private final RequestIds ids;
  private final Tracing tracing;
  private final boolean isOff;
  private final Sender sender = new Sender();
  private final BodyBudget bodies = BodyBudget.ofThisMachine();
  private volatile AnswerWatch watch = (_, _) -> {};
  private final Sockets sockets = new Sockets();
  private final HttpSecurity noSecurity = HttpSecurity.create();

  Dispatcher(
      Supplier<Site> site,
      Lifecycle lifecycle,
      Errors errors,
      RateLimiter limiter,
      RequestIds ids,
      Tracing tracing) {
    this.site = site;
    this.lifecycle = lifecycle;
    this.errors = errors;
    this.limiter = limiter;
    this.ids = ids;
    this.tracing = tracing;
    this.isOff = tracing.equals(Tracing.OFF);
  }

  @Override
  public HttpSecurity security() {
    return noSecurity;
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
    long began = System.nanoTime();
    var connection = (Connection) context;
    Visit visit = visit(request, connection, began);
    connection.requestBegins();
    lifecycle.begin();
    boolean last;
    try {
      last = serve(visit, response);
    } catch (ServerConnectionException | DataReader.InsufficientDataAvailableException gone) {
      throw new CloseConnectionException("the client is gone", gone);
    } finally {
      if (visit.exchange != null) visit.exchange.rawBody().release();
      lifecycle.end();
      connection.requestEnded();
    }
    Exchange exchange = visit.exchange;
    if (exchange != null && exchange.talk() != null) {
      sockets.run(connection, exchange);
      throw new CloseConnectionException("a WebSocket has ended");
    }
    if (last) throw new CloseConnectionException("the last answer of this connection is sent");
  }

  private Visit visit(RoutingRequest request, Connection connection, long began) {
    Site now = site.get();
    String forwarded = RawRequest.texts(request, HeaderNames.X_FORWARDED_FOR);
    return new Visit(
        request,
        connection,
        now,
        began,
        ids.of(RawRequest.text(request, RawRequest.REQUEST_ID)),
        now.addresses().of(connection.peer(), forwarded));
  }

  /** Answers one request; returns whether the connection ends with it. */
  private boolean serve(Visit visit, RoutingResponse response) {
    Answer answer;
    Tracing.@Nullable Span span = null;
    try {
      admitOrigin(visit);
      if (isPreflight(visit)) {
        answer = visit.site.cors().preflight();
      } else {
        visit.match = locate(visit);
        span = trace(visit);
        answer = answer(visit);
      }
    } catch (CloseConnectionException gone) {
      end(span, 499);
      throw gone;
    } catch (Throwable thrown) {
      answer = refused(visit, thrown);
    }
    boolean last = send(visit, answer, response);
    end(span, answer.status());
    if (visit.exchange != null) watch.answered(visit.exchange.tenant(), answer.status());
    visit.site.metricsOf(visit).record(answer.status(), System.nanoTime() - visit.began);
    return last;
  }

  private Tracing.@Nullable Span trace(Visit visit) {
    if (isOff) return null;
    String name = visit.match == null ? "unmatched" : visit.match.target().route().toString();
    var span =
        tracing.request(
            name, Optional.ofNullable(RawRequest.text(visit.request, RawRequest.TRACEPARENT)));
    return span.with("http.request.method", visit.request.prologue().method().text());
  }

  private static void end(Tracing.@Nullable Span span, int status) {
    if (span == null) return;
    span.with("http.response.status_code", status);
    if (status >= 500) span.failed("status " + status);
    span.close();
  }

  private Answer answer(Visit visit) throws Exception {
    requireKnownExpectation(visit);
    if (!visit.isOperation()) requireServing();
    identify(visit);
    count(visit);
    if (visit.match == null) return unmatched(visit);
    Route route = visit.match.target().route();
    requireAccess(visit, route);
    var exchange =
        new Exchange(
            visit.request,
            visit.connection,
            visit.match,
            visit.requestId,
            new Caller(Optional.ofNullable(visit.key).map(Keyring.Entry::key), visit.address),
            visit.site.tenants(),
            new Body(visit.request, visit.site.settings().limits().bodyBytes(), bodies));
    visit.exchange = exchange;
    awaitPosition(visit);
    String once =
        route.method() == Method.POST
            ? RawRequest.text(visit.request, RawRequest.IDEMPOTENCY_KEY)
            : null;
    return once == null
        ? route.handler().handle(exchange)
        : visit.site.idempotency().answer(exchange, once, visit.reader());
  }

  private void requireServing() {
    switch (lifecycle.stage()) {
      case STARTING -> throw Unavailable.starting();
      case STOPPING -> throw Unavailable.shuttingDown();
      case SERVING, DRAINING -> {}
    }
  }

  private static Routes.@Nullable Match locate(Visit visit) {
    Method method = method(visit.request.prologue().method().text());
    if (method == null) return null;
    return visit.site.routes().find(method, RawRequest.path(visit.request)).orElse(null);
  }

  /** HEAD is a GET whose body is not sent; null for what no route is made for. */
  private static @Nullable Method method(String word) {
    return switch (word) {
      case "GET", "HEAD" -> Method.GET;
      case "POST" -> Method.POST;
      case "PUT" -> Method.PUT;
      case "PATCH" -> Method.PATCH;
      case "DELETE" -> Method.DELETE;
      default -> null;
    };
  }

  private Answer unmatched(Visit visit) {
    String path = RawRequest.path(visit.request);
    boolean options = visit.request.prologue().method().text().equals("OPTIONS");
    Set<Method> methods =
        path.equals("*") ? Set.of(Method.values()) : visit.site.routes().methods(path);
    if (methods.isEmpty()) {
      throw new KindredException(
          ErrorCode.NOT_FOUND, "there is nothing at " + Shown.value(path) + "; see /api/docs");
    }
    String allow = allow(methods);
    if (options) return Answer.noContent().with("Allow", allow);
    return errors
        .answer(
            ErrorCode.METHOD_NOT_ALLOWED,
            Shown.value(visit.request.prologue().method().text())
                + " is not allowed here; allowed: "
                + allow,
            visit.reader())
        .with("Allow", allow);
  }

  private static String allow(Set<Method> methods) {
    var allow = new StringBuilder();
    for (Method method : Method.values()) {
      if (!methods.contains(method)) continue;
      allow.append(method).append(", ");
      if (method == Method.GET) allow.append("HEAD, ");
    }
    return allow.append("OPTIONS").toString();
  }

  private static void requireKnownExpectation(Visit visit) {
    String expect = RawRequest.text(visit.request, HeaderNames.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      throw new Refusal(417, "Expect must be 100-continue, got " + Shown.value(expect));
    }
  }

  private static void admitOrigin(Visit visit) {
    String origin = RawRequest.text(visit.request, HeaderNames.ORIGIN);
    if (origin == null) return;
    visit.allowedOrigin = visit.site.cors().allowed(origin, visit.site.keyring()::knowsOrigin);
  }

  private static boolean isPreflight(Visit visit) {
    return visit.request.prologue().method().text().equals("OPTIONS")
        && visit.request.headers().contains(HeaderNames.ORIGIN)
        && visit.request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /** Finds out whose key the request shows, if any. */
  private void identify(Visit visit) {
    String secret = Credentials.shown(visit.request);
    // Pages cannot set headers there.
    if (secret == null && visit.isSocket()) secret = Credentials.inQuery(visit.request);
    if (secret == null) return;
    visit.key = visit.site.keyring().open(secret, visit.connection);
    boolean isAsked =
        visit.site.asksForKey()
            && !(visit.match != null && visit.match.target().route().access() == Access.OPEN);
    if (visit.key != null || !isAsked) return;
    if (visit.site.settings().rateLimit().enabled()) {
      Tokens tokens = limiter.wrongKeyFrom(visit.countedAddress());
      if (!tokens.taken()) {
        visit.tokens = tokens;
        throw tooMany("too many wrong API keys from this address", tokens);
      }
    }
    throw new KindredException(ErrorCode.AUTH_ERROR, "this API key opens nothing");
  }

  /** Takes this request from what its caller may send. */
  private void count(Visit visit) {
    HttpSettings.RateLimit limit = visit.site.settings().rateLimit();
    if (!limit.enabled() || visit.tokens != null) return;
    Keyring.Entry key = visit.key;
    if (visit.isOperation()) {
      visit.tokens =
          key == null ? limiter.lookAt(visit.countedAddress(), limit) : limiter.lookAt(key, limit);
      return;
    }
    Tokens tokens =
        key == null ? limiter.takeFor(visit.countedAddress(), limit) : limiter.takeFor(key, limit);
    visit.tokens = tokens;
    if (!tokens.taken()) {
      throw tooMany(
          "at most "
              + tokens.rate().perMinute()
              + " requests a minute and "
              + tokens.rate().burst()
              + " at once are allowed",
          tokens);
    }
  }

  private static Refusal tooMany(String what, Tokens tokens) {
    int seconds = Math.max(1, tokens.secondsToNext());
    return new Refusal(
        ErrorCode.RATE_LIMIT_EXCEEDED, what + "; try again in " + seconds + " s", seconds);
  }

  private static void requireAccess(Visit visit, Route route) {
    if (route.has(Route.Trait.SOCKET)) requireKnownPage(visit);
    if (route.access() == Access.OPEN || !visit.site.asksForKey()) return;
    if (visit.key == null) {
      throw new KindredException(
          ErrorCode.AUTH_ERROR,
          "an API key is needed; send it as X-API-Key or as Authorization: Bearer");
    }
    ApiKey key = visit.key.key();
    if (!route.access().admits(key.kind())) {
      throw new KindredException(
          ErrorCode.FORBIDDEN,
          "a "
              + key.kind().word()
              + " key does not open this; it takes "
              + (route.access() == Access.ADMIN ? "an admin key" : "a server or admin key"));
    }
    if (key.kind() == ApiKey.Kind.PUBLISHABLE) requireOwnOrigin(visit, key);
  }

  /** Browsers let any page open a WebSocket to anywhere, so it is for us to refuse. */
  private static void requireKnownPage(Visit visit) {
    String origin = RawRequest.text(visit.request, HeaderNames.ORIGIN);
    if (origin == null || !visit.allowedOrigin.isEmpty()) return;
    String host = RawRequest.text(visit.request, HeaderNames.HOST);
    if (origin.equals("http://" + host) || origin.equals("https://" + host)) return;
    throw new KindredException(
        ErrorCode.FORBIDDEN, "pages of " + Shown.value(origin) + " may not connect here");
  }

  private static void requireOwnOrigin(Visit visit, ApiKey key) {
    String origin = RawRequest.text(visit.request, HeaderNames.ORIGIN);
    if (origin != null && key.origins().contains(origin)) return;
    throw new KindredException(
        ErrorCode.FORBIDDEN,
        "this publishable key is bound to other origins than "
            + (origin == null ? "none" : Shown.value(origin)));
  }

  private static void awaitPosition(Visit visit) throws InterruptedException {
    String wanted = RawRequest.text(visit.request, RawRequest.MIN_POSITION);
    if (wanted == null) return;
    long position = position(wanted);
    Freshness freshness = visit.site.freshness();
    if (freshness.seen() >= position || freshness.await(position, FRESHNESS_PATIENCE)) return;
    throw Unavailable.notYetVisible(position, freshness.seen());
  }

  private static long position(String text) {
    try {
      long position = Long.parseLong(text);
      if (position >= 0) return position;
    } catch (NumberFormatException notANumber) {
      // Told below, like a negative number.
    }
    throw Exchange.badRequest(
        "X-Kindred-Min-Position must be a whole number from 0 on, got " + Shown.value(text));
  }

  private Answer refused(Visit visit, Throwable thrown) {
    Throwable told = thrown;
    try {
      if (!isPreflight(visit)) count(visit);
    } catch (Refusal tooMany) {
      told = tooMany;
    }
    Answer answer =
        told instanceof Refusal refusal
            ? errors.answer(refusal, visit.reader())
            : errors.answer(told, visit.match, visit.reader());
    return answer.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
  }

  void watch(AnswerWatch newWatch) {
    watch = newWatch;
  }

  /** Ends the WebSockets; requests go on. */
  void closeSockets() {
    sockets.close();
  }

  private boolean send(Visit visit, Answer answer, RoutingResponse response) {
    // What has become a WebSocket is answered when the request is over.
    if (answer.status() == 101) return true;
    Rest rest = rest(visit, answer);
    boolean last = rest == Rest.CLOSE || asksToClose(visit) || lifecycle.stage() == Stage.STOPPING;
    try {
      sender.send(visit, answer, response, last);
    } catch (CloseConnectionException gone) {
      throw gone;
    } catch (RuntimeException broken) {
      sendInstead(visit, errors.answer(broken, visit.match, visit.reader()), response);
      return true;
    }
    switch (rest) {
      case NOTHING -> {}
      case READ_OUT -> readOut(visit.request);
      case CLOSE -> {
        if (visit.request.continueSent()) visit.connection.linger(LINGER_BYTES_MAX, LINGER);
      }
    }
    return last;
  }

  /** A streamed answer broke off: tell so if nothing of it has left yet, else just end. */
  private void sendInstead(Visit visit, Answer answer, RoutingResponse response) {
    if (!response.reset()) throw new CloseConnectionException("a streamed answer broke off");
    sender.send(visit, answer, response, true);
  }

  /** What is to be done about the part of the body that nobody has read. */
  private enum Rest {
    NOTHING,
    READ_OUT,
    CLOSE
  }

  private static Rest rest(Visit visit, Answer answer) {
    if (!visit.request.content().hasEntity() || visit.request.content().consumed()) {
      return Rest.NOTHING;
    }
    if (!visit.request.continueSent()) return Rest.CLOSE;
    Exchange exchange = visit.exchange;
    boolean wasBegun = exchange != null && exchange.rawBody().isTaken();
    if (wasBegun) return answer.status() < 400 ? Rest.READ_OUT : Rest.CLOSE;
    long announced = visit.request.headers().contentLength().orElse(Long.MAX_VALUE);
    return announced <= READ_OUT_BYTES_MAX ? Rest.READ_OUT : Rest.CLOSE;
  }

  private static void readOut(RoutingRequest request) {
    try {
      request.content().consume();
    } catch (RuntimeException broken) {
      throw new CloseConnectionException("the rest of the body cannot be read", broken);
    }
  }

  private static boolean asksToClose(Visit visit) {
    return visit.request.headers().contains(HeaderNames.CONNECTION)
        && visit.request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
  }
}
