package dev.kindred.webhooks;

import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts a tenant's requests that the server failed at, and tells when there are too many: in a
 * minute at least ten, and one in twenty. Tells a tenant again after a quarter of an hour. Counts
 * only where a webhook wants to know. Safe for any number of threads.
 */
public final class ErrorWatch {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofMinutes(15);
  private static final long ERRORS_MIN = 10;
  private static final double SHARE = 0.05;

  /** What is counted of one tenant in one minute. */
  private static final class Window {
    final Instant began;
    final LongAdder requests = new LongAdder();
    final LongAdder errors = new LongAdder();

    Window(Instant began) {
      this.began = began;
    }
  }

  private final Announcer announcer;
  private final InstantSource clock;
  private final Map<TenantId, Window> windows = new ConcurrentHashMap<>();
  private final Map<TenantId, Instant> told = new ConcurrentHashMap<>();

  public ErrorWatch(Announcer announcer, InstantSource clock) {
    this.announcer = announcer;
    this.clock = clock;
  }

  /** A request of a tenant was answered. */
  public void answered(TenantId tenant, int status) {
    if (!announcer.isWanted(tenant, Topic.ERROR_THRESHOLD_EXCEEDED)) return;
    Window window = windows.computeIfAbsent(tenant, _ -> new Window(clock.instant()));
    window.requests.increment();
    if (status >= 500) window.errors.increment();
  }

  /** Looks at the minutes that are over. Called every second. */
  public void tick() {
    Instant now = clock.instant();
    told.values().removeIf(at -> !now.isBefore(at.plus(QUIET)));
    for (Iterator<Map.Entry<TenantId, Window>> all = windows.entrySet().iterator();
        all.hasNext(); ) {
      var each = all.next();
      Window window = each.getValue();
      if (now.isBefore(window.began.plus(WINDOW))) continue;
      all.remove();
      long errors = window.errors.sum();
      boolean isTooMany = errors >= ERRORS_MIN && errors >= SHARE * window.requests.sum();
      if (isTooMany && told.putIfAbsent(each.getKey(), now) == null) tell(each.getKey(), window);
    }
  }

  private void tell(TenantId tenant, Window window) {
    var writer = new JsonWriter().beginObject();
    writer.field("window_seconds", WINDOW.toSeconds());
    writer.field("requests", window.requests.sum());
    writer.field("errors", window.errors.sum());
    writer.field("threshold", SHARE);
    writer.endObject();
    announcer.tell(
        tenant,
        Topic.ERROR_THRESHOLD_EXCEEDED,
        () -> Notices.of(Topic.ERROR_THRESHOLD_EXCEEDED, writer, clock.instant()));
  }
}
