package dev.kindred.http;

import io.helidon.http.DirectHandler;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.micrometer.core.instrument.Gauge;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: listens, and passes what it hears through the rim.
 *
 * <p>Made, it knows only how it is. {@link #start} makes it listen where that is safe to decide,
 * and answer that it is starting; {@link #open} puts the routes behind it; {@link #close} ends it
 * without losing a request. One thread does these; anyone may call the rest.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final int HEADER_BYTES_MAX = 32 << 10;
  private static final int FIRST_LINE_BYTES_MAX = 16 << 10;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Operations operations;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Errors errors;
  private final RequestIds ids = new RequestIds(new SecureRandom().nextLong());
  private final OperationApi operationApi;
  private final Dispatcher dispatcher;
  private final ConnectionErrors connectionErrors;

  private volatile Site site;
  // Each null until the server listens.
  private volatile @Nullable WebServer web;
  private volatile @Nullable ConnectionWatch watch;
  private Backing backing = Backing.NOTHING_YET;
  private List<Route> routes = List.of();

  public HttpServer(HttpSettings settings, Operations operations) {
    this.operations = operations;
    this.errors = new Errors(operations.clock());
    this.operationApi = new OperationApi(operations, lifecycle);
    this.connectionErrors =
        new ConnectionErrors(errors, ids, status -> site.unmatched().record(status, 0));
    this.site = site(settings);
    this.dispatcher =
        new Dispatcher(
            () -> site,
            lifecycle,
            errors,
            new RateLimiter(operations.shared(), System::nanoTime, operations.tracing()),
            ids,
            operations.tracing());
    Gauge.builder("http.requests.under.way", lifecycle, Lifecycle::underWay)
        .description("Requests being answered now")
        .register(operations.metrics());
    Gauge.builder("http.connections.open", this, HttpServer::openConnections)
        .description("Client connections open now")
        .register(operations.metrics());
  }

  private Site site(HttpSettings settings) {
    var all = new ArrayList<>(operationApi.routes(settings.metrics()));
    all.addAll(routes);
    return Site.of(
        settings,
        new Routes(all),
        Keyring.of(settings.auth(), backing.keys().get()),
        operations.metrics(),
        backing.freshness(),
        new Idempotency(backing, errors));
  }

  /**
   * Listens already while what is behind it starts, so that {@code /health} can be asked. Where no
   * key is configured it waits for {@link #open}: only then is it known whether there are any.
   */
  public void start() {
    if (isSafeToShow(site)) listen(site.settings().host());
  }

  /** Takes requests from now on. */
  public synchronized void open(List<Route> newRoutes, Backing newBacking) {
    routes = List.copyOf(newRoutes);
    backing = newBacking;
    site = site(site.settings());
    operationApi.opened();
    lifecycle.enter(Lifecycle.Stage.SERVING);
    if (web != null) return;
    if (isSafeToShow(site)) {
      listen(site.settings().host());
    } else {
      log.warn(
          "no API key is configured: listening on the loopback address only, open to every local"
              + " program; set API_KEY to listen on {}",
          site.settings().host());
      listen(InetAddress.getLoopbackAddress().getHostAddress());
    }
  }

  private static boolean isSafeToShow(Site site) {
    return !site.settings().auth().required() || !site.keyring().isEmpty();
  }

  /** Every route there is, those of the rim itself included. */
  public List<Route> routes() {
    return site.routes().all();
  }

  /** Looks up again which keys there are. */
  public synchronized void reloadKeys() {
    Site now = site;
    site = now.with(now.keyring().with(now.settings().auth(), backing.keys().get()));
  }

  /** Takes over what can be changed while running: limits, origins, tenancy. */
  public synchronized void reconfigure(HttpSettings settings) {
    site = site.with(settings);
  }

  /** Somebody is told from now on how requests are answered. */
  public void watch(AnswerWatch watch) {
    dispatcher.watch(watch);
  }

  /** The port that it listens on. */
  public int port() {
    WebServer listening = web;
    if (listening == null) throw new IllegalStateException("the server does not listen yet");
    return listening.port();
  }

  /** The host that it listens on. */
  public String host() {
    WebServer listening = web;
    if (listening == null) throw new IllegalStateException("the server does not listen yet");
    return listening.prototype().host();
  }

  private int openConnections() {
    ConnectionWatch watching = watch;
    return watching == null ? 0 : watching.openConnections();
  }

  private void listen(String host) {
    var http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .name("http")
                    .maxPrologueLength(FIRST_LINE_BYTES_MAX)
                    .maxHeadersSize(HEADER_BYTES_MAX)
                    .validatePath(false)
                    .validatePrologue(false)
                    .validateResponseHeaders(false)
                    .sendKeepAliveHeader(false)
                    .build())
            .build();
    var watching =
        new ConnectionWatch(
            http1,
            new OnlyRouting(dispatcher),
            () -> site.settings().limits(),
            connectionErrors::timeout);
    var direct = DirectHandlers.builder();
    for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
      direct.addHandler(event, connectionErrors);
    }
    HttpSettings settings = site.settings();
    WebServer server =
        WebServer.builder()
            .host(host)
            .port(settings.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(watching)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .maxTcpConnections(settings.limits().connections())
            .contentEncoding(new ContentCodings())
            .directHandlers(direct.build())
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .shutdownGracePeriod(LAST_WORDS)
            .build()
            .start();
    if (!server.isRunning()) {
      watching.close();
      String where = host + ":" + settings.port();
      throw new UncheckedIOException(
          "cannot listen on " + where + "; is the port taken?", new BindException(where));
    }
    watch = watching;
    web = server;
  }

  /**
   * Ends without losing a request: tells load balancers to look elsewhere, goes on serving for a
   * moment, then takes nothing new and waits for what is under way.
   */
  @Override
  public void close() {
    HttpSettings.Shutdown shutdown = site.settings().shutdown();
    long giveUp = System.nanoTime() + shutdown.timeout().toNanos();
    try {
      if (web != null && lifecycle.stage() == Lifecycle.Stage.SERVING) {
        lifecycle.enter(Lifecycle.Stage.DRAINING);
        log.info("shutting down: not ready any more, requests are still taken");
        lifecycle.awaitDrain(shutdown.drain());
      }
      lifecycle.enter(Lifecycle.Stage.STOPPING);
      dispatcher.closeSockets();
      Duration left = Duration.ofNanos(giveUp - System.nanoTime());
      if (!lifecycle.awaitQuiet(left)) {
        log.atWarn().addKeyValue("requests", lifecycle.underWay()).log("gave up on requests");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    lifecycle.enter(Lifecycle.Stage.STOPPING);
    WebServer listening = web;
    if (listening != null) listening.stop();
    ConnectionWatch watching = watch;
    if (watching != null) watching.close();
  }
}
