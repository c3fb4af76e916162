package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.activity.Activity;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.http.TokenBucket.Rate;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The talk with one page: what it wants to know, and telling it whenever that changes. One thread
 * hears, another tells; a page that does not read holds up nobody but itself.
 */
final class ActivityTalk {

  private static final Logger LOG = LoggerFactory.getLogger(ActivityTalk.class);
  private static final int PRODUCTS_MAX = 100;
  private static final Rate MESSAGES = new Rate(600, 200);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_A_PING = 30;

  /** An id may come to mean another entity, or one at all. */
  private static final int LOOKS_A_NUMBER = 10;

  /** A product and what was told of it last; null before the first time. */
  private static final class Wanted {
    OptionalInt number = OptionalInt.empty();
    int looks;
    @Nullable Activity told;
  }

  private final LiveProducts products;
  private final InstantSource clock;
  private final WebSocket socket;

  /** What the page wants to know; guarded by itself. */
  private final Map<EntityId, Wanted> wanted = new LinkedHashMap<>();

  private final Semaphore news = new Semaphore(0);
  private final TokenBucket messages = new TokenBucket(System.nanoTime());

  ActivityTalk(LiveProducts products, InstantSource clock, WebSocket socket) {
    this.products = products;
    this.clock = clock;
    this.socket = socket;
  }

  /** Takes a message of the page. */
  void hear(String message) {
    // A subscription is looked up in the database.
    if (!messages.take(MESSAGES, System.nanoTime()).taken()) {
      throw new InvalidRequest("at most " + MESSAGES.perMinute() + " messages a minute are taken");
    }
    String type = "";
    @Nullable EntityId product = null;
    var reader = JsonReader.of(message.getBytes(UTF_8));
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "type" -> type = reader.string();
        case "productId" -> product = reader.id(EntityId::new);
        default -> fields.unknown();
      }
    }
    reader.end();
    switch (type) {
      case "subscribe" -> want(required(product));
      case "unsubscribe" -> {
        synchronized (wanted) {
          wanted.remove(required(product));
        }
      }
      case "ping" -> send("pong");
      default -> throw new InvalidRequest("type must be subscribe, unsubscribe or ping");
    }
  }

  private static EntityId required(@Nullable EntityId product) {
    if (product == null) throw new InvalidRequest("productId is required");
    return product;
  }

  private void want(EntityId product) {
    synchronized (wanted) {
      if (wanted.size() >= PRODUCTS_MAX && !wanted.containsKey(product)) {
        throw new InvalidRequest("at most " + PRODUCTS_MAX + " products may be subscribed to");
      }
      wanted.put(product, new Wanted());
    }
    news.release();
  }

  /** Tells the page that it said something wrong. */
  void complain(String sentence) {
    var writer = new JsonWriter(128).beginObject();
    writer.field("type", "error").field("message", sentence);
    socket.send(writer.endObject().toByteArray());
  }

  private void send(String type) {
    socket.send(new JsonWriter(64).beginObject().field("type", type).endObject().toByteArray());
  }

  /** Tells the page what changes, until this thread is interrupted or the page is gone. */
  void tell() {
    try {
      for (int looks = 1; ; looks++) {
        if (news.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) news.drainPermits();
        if (looks % LOOKS_A_PING == 0) socket.ping();
        tellChanges();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      // The page is gone, or the database is; either way it has to connect again.
      LOG.debug("a page is told nothing more", failure);
      socket.close(WebSocket.GOING_AWAY, "");
    }
  }

  private void tellChanges() {
    List<Map.Entry<EntityId, Wanted>> now;
    synchronized (wanted) {
      now = List.copyOf(wanted.entrySet());
    }
    for (var each : now) {
      Activity activity = activity(each.getKey(), each.getValue());
      if (activity.equals(each.getValue().told)) continue;
      each.getValue().told = activity;
      socket.send(message(each.getKey(), activity));
    }
  }

  private Activity activity(EntityId id, Wanted product) {
    if (product.looks++ % LOOKS_A_NUMBER == 0) product.number = products.number(id);
    return product.number.isPresent()
        ? products.activity(product.number.getAsInt())
        : Activity.NONE;
  }

  private byte[] message(EntityId product, Activity activity) {
    var writer = new JsonWriter(256).beginObject();
    writer.field("type", "activity");
    writer.field("productId", product.value());
    writer.field("viewingNow", activity.viewingNow());
    writer.field("recentSales", activity.recentSales());
    writer.field("recentViews", activity.recentViews());
    writer.field("addedToCart", activity.addedToCart());
    writer.field("timestamp", clock.instant());
    return writer.endObject().toByteArray();
  }
}
