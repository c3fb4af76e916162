package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;

import dev.kindred.activity.LiveCounters;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Live counters for product pages, over a WebSocket. */
public final class ActivityApi {

  private static final int CONNECTIONS_MAX = 1_000;

  private final Store store;
  private final LiveCounters counters;
  private final Clock clock;
  private final AtomicInteger connections = new AtomicInteger();

  public ActivityApi(Store store, LiveCounters counters, Clock clock) {
    this.store = store;
    this.counters = counters;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/ws/activity", PUBLISHABLE, "What is going on with products", this::talk)
            .with(Route.Trait.SOCKET));
  }

  /** How many are connected. */
  public int connections() {
    return connections.get();
  }

  private Answer talk(Exchange exchange) {
    if (connections.get() >= CONNECTIONS_MAX) throw Unavailable.overloaded("the live counters");
    TenantId tenant = exchange.tenant();
    return exchange.becomeSocket(socket -> talk(tenant, socket));
  }

  private void talk(TenantId tenant, WebSocket socket) {
    connections.incrementAndGet();
    var talk = new ActivityTalk(new LiveProducts(tenant, store, counters), clock, socket);
    Thread teller = Thread.ofVirtual().name("activity").start(talk::tell);
    try {
      for (String message = socket.read(); message != null; message = socket.read()) {
        try {
          talk.hear(message);
        } catch (KindredException wrong) {
          talk.complain(wrong.sentence());
        }
      }
    } finally {
      teller.interrupt();
      connections.decrementAndGet();
    }
  }
}
