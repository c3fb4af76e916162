package dev.kindred.client;

import dev.kindred.client.KindredException.QueueFull;
import dev.kindred.client.model.BulkReport;
import dev.kindred.client.model.NewInteraction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Collects interactions and sends many at once from a thread of its own. Any thread may call it.
 *
 * <p>Each gets its time and an {@code event_id} when it is added, so that one that is sent twice is
 * stored once.
 */
public final class InteractionQueue implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(InteractionQueue.class.getName());

  /** An interaction that the server refused, and why. It is not sent again. */
  public record Rejection(NewInteraction interaction, String reason) {}

  private final Builder settings;
  private final ReentrantLock sending = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private final ArrayDeque<NewInteraction> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean closed;
  private final Thread thread;

  private InteractionQueue(Builder settings) {
    this.settings = settings;
    this.thread = new Thread(this::run, "kindred-interactions");
    thread.setDaemon(true);
  }

  /** How many interactions are not yet with the server. */
  public int size() {
    lock.lock();
    try {
      return waiting.size() + underWay;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an interaction and returns at once.
   *
   * @throws QueueFull if as many are waiting as may
   */
  public void record(NewInteraction interaction) {
    NewInteraction whole =
        interaction
            .withDefault("event_id", UUID.randomUUID().toString())
            .withDefault("timestamp", settings.clock.instant());
    lock.lock();
    try {
      if (closed) throw new IllegalStateException("the queue is closed");
      if (waiting.size() + underWay >= settings.capacity) {
        throw new QueueFull(
            settings.capacity
                + " interactions are waiting already. Is the server reachable? flush() waits for room, a larger"
                + " capacity makes it");
      }
      waiting.add(whole);
      if (waiting.size() >= settings.batchSize) wake.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Sends all that waits. If that fails, it throws, and what was not sent goes on waiting. */
  public void flush() {
    sending.lock();
    try {
      for (List<NewInteraction> batch = take(); !batch.isEmpty(); batch = take()) send(batch);
    } finally {
      sending.unlock();
    }
  }

  /** Sends what waits; the queue takes nothing more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wake.signal();
    } finally {
      lock.unlock();
    }
    flush();
  }

  private List<NewInteraction> take() {
    lock.lock();
    try {
      var batch = new ArrayList<NewInteraction>();
      while (batch.size() < settings.batchSize && !waiting.isEmpty()) batch.add(waiting.remove());
      underWay = batch.size();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void send(List<NewInteraction> batch) {
    try {
      BulkReport report = settings.client.importInteractions(batch);
      landed();
      report.errors().forEach(error -> reject(batch.get(error.index()), error.error()));
    } catch (ApiException refused) {
      if (refused instanceof ApiException.RateLimited
          || refused instanceof ApiException.ServerError) {
        putBack(batch);
      } else {
        landed();
        batch.forEach(interaction -> reject(interaction, String.valueOf(refused.getMessage())));
      }
      throw refused;
    } catch (RuntimeException failure) {
      putBack(batch);
      throw failure;
    }
  }

  private void reject(NewInteraction interaction, String reason) {
    settings.onRejected.accept(new Rejection(interaction, reason));
  }

  private void landed() {
    lock.lock();
    try {
      underWay = 0;
    } finally {
      lock.unlock();
    }
  }

  private void putBack(List<NewInteraction> batch) {
    lock.lock();
    try {
      underWay = 0;
      for (int i = batch.size() - 1; i >= 0; i--) waiting.addFirst(batch.get(i));
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean failed = false;
    while (awaitWork(failed)) {
      try {
        flush();
        failed = false;
      } catch (RuntimeException e) {
        failed = true;
        LOG.log(System.Logger.Level.WARNING, "interactions wait on", e);
      }
    }
  }

  /**
   * Until there is a whole batch or the interval is over; false once the queue is closed. After a
   * failure, which leaves the batch where it was, only the interval counts.
   */
  private boolean awaitWork(boolean failed) {
    lock.lock();
    try {
      long left = settings.interval.toNanos();
      while (!closed && left > 0 && (failed || waiting.size() < settings.batchSize))
        left = wake.awaitNanos(left);
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private static void warn(Rejection rejection) {
    LOG.log(System.Logger.Level.WARNING, "an interaction was refused: {0}", rejection.reason);
  }

  /** How a queue is made. */
  public static final class Builder {

    private final Kindred client;
    private int batchSize = 500;
    private int capacity = 10_000;
    private Duration interval = Duration.ofSeconds(1);
    private Clock clock = Clock.systemUTC();
    private Consumer<Rejection> onRejected = InteractionQueue::warn;

    Builder(Kindred client) {
      this.client = client;
    }

    /** How many are sent at once, and as soon as there are that many: 500 unless told. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** How many may wait: 10 000 unless told. */
    public Builder capacity(int capacity) {
      this.capacity = capacity;
      return this;
    }

    /** How long until fewer than a batch are sent: a second unless told. */
    public Builder interval(Duration interval) {
      this.interval = interval;
      return this;
    }

    /** The clock that says when an interaction happened. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Told of each interaction that the server refuses. A line of the log unless told. */
    public Builder onRejected(Consumer<Rejection> onRejected) {
      this.onRejected = onRejected;
      return this;
    }

    /** Makes the queue and starts its thread. */
    public InteractionQueue start() {
      if (batchSize < 1 || batchSize > capacity) {
        throw new IllegalArgumentException(
            "batchSize must be between 1 and the capacity of " + capacity + ", got " + batchSize);
      }
      var queue = new InteractionQueue(this);
      queue.thread.start();
      return queue;
    }
  }
}
