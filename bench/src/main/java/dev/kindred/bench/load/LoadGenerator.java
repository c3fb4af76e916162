package dev.kindred.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends a {@link Load} over many connections from the calling thread.
 *
 * <p>One thread and one selector, so that the generator leaves as much of a small machine as
 * possible to the server that is measured with it. An answer counts if it arrives within the
 * measured time.
 */
public final class LoadGenerator {

  private static final long LATENCY_MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
  // Requests that are due and find no free connection wait here; beyond this, the server is far
  // behind.
  private static final int WAITING_MAX = 1_000_000;

  private static final long NAP_NANOS = 200_000;

  private final Load load;
  private final Selector selector;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Long> due = new ArrayDeque<>();
  private final Map<Integer, Long> byStatus = new HashMap<>();
  private final Histogram latencies = new Histogram(LATENCY_MAX_NANOS, 3);
  private long broken;
  private long measureFrom;
  private long measureUntil;

  private LoadGenerator(Load load, Selector selector) {
    this.load = load;
    this.selector = selector;
  }

  public static LoadResult run(Load load) throws IOException {
    try (Selector selector = Selector.open()) {
      return new LoadGenerator(load, selector).run();
    }
  }

  private LoadResult run() throws IOException {
    for (int i = 0; i < load.connections(); i++) idle.add(Connection.open(load.target(), selector));
    long start = System.nanoTime();
    measureFrom = start + load.warmup().toNanos();
    measureUntil = measureFrom + load.measured().toNanos();
    try {
      if (load.ratePerSecond().isPresent()) {
        sendAtRate(start, load.ratePerSecond().getAsDouble());
      } else {
        while (isGoingOn()) {
          while (!idle.isEmpty()) send(idle.poll(), System.nanoTime());
          receive(measureUntil);
        }
      }
    } finally {
      for (SelectionKey key : selector.keys()) ((Connection) key.attachment()).close();
    }
    long measured = Math.min(System.nanoTime(), measureUntil) - measureFrom;
    return new LoadResult(Math.max(measured, 1) / 1e9, byStatus, broken, latencies);
  }

  private boolean isGoingOn() {
    return System.nanoTime() < measureUntil && latencies.getTotalCount() < load.answersMax();
  }

  private void sendAtRate(long start, double ratePerSecond) throws IOException {
    double gapNanos = 1e9 / ratePerSecond;
    for (long sent = 0; isGoingOn(); ) {
      long nextDue = start + (long) (sent * gapNanos);
      for (long now = System.nanoTime();
          nextDue <= now;
          nextDue = start + (long) (sent * gapNanos)) {
        if (due.size() >= WAITING_MAX) throw new IOException("the server is too far behind");
        due.add(nextDue);
        sent++;
      }
      while (!due.isEmpty() && !idle.isEmpty()) send(idle.poll(), due.poll());
      receive(Math.min(nextDue, measureUntil));
    }
    countUnanswered();
  }

  /** Requests that were due and are not answered at the end took at least until now. */
  private void countUnanswered() {
    long now = System.nanoTime();
    for (long since : due) if (since >= measureFrom) record(now - since);
    for (SelectionKey key : selector.keys()) {
      var connection = (Connection) key.attachment();
      if (connection.isWaiting() && connection.dueSince() >= measureFrom) {
        record(now - connection.dueSince());
      }
    }
  }

  private void send(Connection connection, long dueSince) throws IOException {
    connection.send(load.requests().next(), dueSince);
  }

  private void receive(long until) throws IOException {
    long waitNanos = until - System.nanoTime();
    if (waitNanos > 1_000_000) {
      selector.select(this::receive, waitNanos / 1_000_000);
      return;
    }
    // Selectors wait for whole milliseconds. Turning round until then would take a core from the
    // server that is measured, so what is due in a moment is sent a moment late, and counts as
    // such.
    if (selector.selectNow(this::receive) == 0 && waitNanos > 0) LockSupport.parkNanos(NAP_NANOS);
  }

  private void receive(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      int status = connection.advance();
      if (status == Connection.MORE) return;
      long now = System.nanoTime();
      if (now >= measureFrom && now < measureUntil) {
        byStatus.merge(status, 1L, Long::sum);
        record(now - connection.dueSince());
      }
      idle.add(connection);
    } catch (IOException gone) {
      broken++;
      connection.close();
      replace();
    }
  }

  private void replace() {
    try {
      idle.add(Connection.open(load.target(), selector));
    } catch (IOException refused) {
      broken++;
    }
  }

  private void record(long nanos) {
    latencies.recordValue(Math.min(nanos, LATENCY_MAX_NANOS));
  }
}
