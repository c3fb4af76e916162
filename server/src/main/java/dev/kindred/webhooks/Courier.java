package dev.kindred.webhooks;

import dev.kindred.domain.Event;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that webhooks are told what happens. Every replica has one; a lease sees to it that
 * one of them is at a webhook at a time, so that its messages keep their order.
 *
 * <p>It follows the log to hear that there is something to tell, and finds out what in a thread of
 * the webhook's own: at most so many at once, of one tenant at most so many, so that neither a slow
 * receiver nor a tenant with many of them delays the others. Somebody calls {@link #tick} every
 * second, for what is to be tried again. Safe for any number of threads.
 */
public final class Courier implements AutoCloseable {

  /**
   * How webhooks are told.
   *
   * @param owner this replica's name among the others
   * @param lease for how long a webhook is believed to be in good hands without a sign of life;
   *     several times what a try may take
   * @param runningMax so many webhooks are told something at once
   * @param runningPerTenant so many of one tenant
   * @param noticesKept for how long notices can be told
   * @param patience for how long closing waits for tries under way
   */
  public record Settings(
      String owner,
      Duration lease,
      int runningMax,
      int runningPerTenant,
      Duration noticesKept,
      Duration patience) {

    public static Settings of(String owner) {
      return new Settings(
          owner, Duration.ofMinutes(1), 32, 8, Duration.ofDays(30), Duration.ofSeconds(5));
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration PRUNE_EVERY = Duration.ofHours(1);

  private final Round.Tools tools;
  private final ExecutorService threads;
  private final Tally tally = new Tally();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition oneLess = lock.newCondition();

  // The lock guards what follows.
  private final Desks desks = new Desks();
  private final Slots slots;

  /** Whether something that was due had to wait for others to end. */
  private boolean isFull;

  private long logEnd;
  private boolean isStale = true;
  private boolean isFailing;
  private volatile boolean isClosed;
  private Instant pruneAt = Instant.MIN;

  /**
   * Makes one that knows of no webhooks yet: the first {@link #tick} looks for them.
   *
   * @param threads where webhooks are told; a thread for each that it is given, and not a virtual
   *     one, since looking up names holds on to threads
   */
  public Courier(
      Webhooks store,
      Sender sender,
      Settings settings,
      Clock clock,
      RandomGenerator random,
      ExecutorService threads) {
    this.tools = new Round.Tools(store, sender, settings, clock, random, tally);
    this.slots = new Slots(settings.runningMax(), settings.runningPerTenant());
    this.threads = threads;
  }

  public Tally tally() {
    return tally;
  }

  /** How many webhooks are being told something. */
  public int running() {
    lock.lock();
    try {
      return slots.taken();
    } finally {
      lock.unlock();
    }
  }

  /** How many webhooks have something to be told. */
  public int waiting() {
    lock.lock();
    try {
      return (int) desks.all().stream().filter(Desk::hasWork).count();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a webhook of a tenant wants to know of such things, as far as is known here. */
  public boolean isWanted(TenantId tenant, Topic topic) {
    return desks.isWanted(tenant, topic);
  }

  /** Hears the newest events of the log. Quick: nothing is looked up for them here. */
  public void follow(List<Event> events) {
    lock.lock();
    try {
      var touched = new LinkedHashSet<Desk>();
      for (Event event : events) hear(event, touched);
      logEnd = events.getLast().position();
      if (isStale) {
        reload();
        begin(desks.all());
      } else {
        begin(touched);
      }
    } finally {
      lock.unlock();
    }
  }

  private void hear(Event event, Set<Desk> touched) {
    switch (event) {
      case Event.Interacted one -> want(one, Topic.INTERACTION_RECORDED, touched);
      case Event.Reweighed one -> want(one, Topic.INTERACTION_RECORDED, touched);
      case Event.Noticed one -> want(one, one.topic(), touched);
      case Event.WebhooksChanged change -> {
        isStale = true;
        for (Desk desk : desks.of(change)) {
          desk.mustLook = true;
          touched.add(desk);
        }
      }
      default -> {}
    }
  }

  private void want(Event event, Topic topic, Set<Desk> touched) {
    for (Desk desk : desks.of(event)) {
      if (!desk.webhook.wants(topic)) continue;
      desk.wanted = event.position();
      touched.add(desk);
    }
  }

  /** Begins what is due. Never throws. */
  public void tick() {
    lock.lock();
    try {
      if (isStale) reload();
      for (Desk desk : desks.all()) {
        if (logEnd - desk.told > Round.LEFT_BEHIND) desk.mustLook = true;
      }
      begin(desks.all());
    } finally {
      lock.unlock();
    }
    prune();
  }

  private void reload() {
    try {
      desks.replace(tools.store().all());
      isStale = false;
      isFailing = false;
    } catch (RuntimeException failure) {
      // The next tick tries again.
      report("cannot look up the webhooks", failure);
    }
  }

  private void begin(Collection<Desk> some) {
    if (isClosed || some.isEmpty()) return;
    Instant now = tools.clock().instant();
    for (Desk desk : some) {
      if (!desk.isDue(now)) continue;
      if (slots.take(desk.tenant)) start(desk);
      else isFull = true;
    }
  }

  /** A slot was taken for it. */
  private void start(Desk desk) {
    desk.isRunning = true;
    desk.mustLook = false;
    try {
      Webhook webhook = desk.webhook;
      long wanted = desk.wanted;
      threads.execute(() -> run(desk, webhook, wanted));
    } catch (RejectedExecutionException e) {
      desk.isRunning = false;
      leave(desk.tenant);
    }
  }

  private void run(Desk desk, Webhook webhook, long wanted) {
    Round.End end;
    try {
      end = Round.turn(tools, webhook, () -> !isClosed);
    } catch (RuntimeException | Error failure) {
      // An error too: a webhook that nobody ends would never be told anything again.
      if (!(failure instanceof Unavailable)) {
        LOG.error("a turn of a webhook failed, webhook={}", webhook.id(), failure);
      }
      Instant later = tools.clock().instant().plus(AFTER_FAILURE);
      end = new Round.End(-1, later, false);
    }
    lock.lock();
    try {
      desk.isRunning = false;
      desk.lookAt = end.nextTry();
      desk.told = Math.max(desk.told, end.position());
      if (!end.isDone() || desk.lookAt.isAfter(tools.clock().instant())) desk.mustLook = true;
      else if (desk.wanted == wanted) desk.told = Math.max(desk.told, wanted);
      desks.putLast(desk);
      leave(desk.tenant);
      if (isFull) {
        isFull = false;
        begin(desks.all());
      } else {
        begin(List.of(desk));
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(int tenant) {
    slots.giveBack(tenant);
    oneLess.signalAll();
  }

  /**
   * Sends a webhook a message that says nothing, at once and without a second try.
   *
   * @throws Unavailable when as many are under way as may be
   */
  public Sender.Result test(Webhook webhook) throws InterruptedException {
    int anybody = -1;
    lock.lock();
    try {
      if (isClosed || !slots.take(anybody)) {
        throw Unavailable.overloaded("the delivery of webhooks");
      }
    } finally {
      lock.unlock();
    }
    try {
      Instant now = tools.clock().instant();
      var letter =
          Letters.test(webhook.tenant(), webhook.id(), tools.random().nextLong(1L << 53), now);
      Callable<Sender.Result> once =
          () -> tools.sender().send(webhook.url(), webhook.secretsAt(now), letter);
      return threads.submit(once).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a test delivery failed", e);
    } finally {
      lock.lock();
      try {
        leave(anybody);
      } finally {
        lock.unlock();
      }
    }
  }

  private void prune() {
    Instant now = tools.clock().instant();
    if (now.isBefore(pruneAt)) return;
    try {
      tools.store().pruneNotices(now.minus(tools.settings().noticesKept()));
      pruneAt = now.plus(PRUNE_EVERY);
    } catch (RuntimeException failure) {
      report("cannot clear old notices away", failure);
    }
  }

  private void report(String what, RuntimeException failure) {
    if (!isFailing) LOG.warn(what, failure);
    isFailing = true;
  }

  /** Waits until nothing is under way; returns whether that came to be. */
  public boolean awaitQuiet(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (slots.taken() > 0 && left > 0) left = oneLess.awaitNanos(left);
      return slots.taken() == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Begins nothing new, and waits for a while for the tries under way. */
  @Override
  public void close() {
    isClosed = true;
    try {
      if (!awaitQuiet(tools.settings().patience())) {
        LOG.warn("webhooks are left to their leases, webhooks={}", running());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
