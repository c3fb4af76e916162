package dev.kindred.webhooks;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.OfWebhooks.Tell;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has notices kept about what is no write itself, so that nobody waits for it: an answer does no
 * I/O. At most so many wait; beyond that they are dropped and counted. Where no webhook wants to
 * know, nothing is even put into words. Safe for any number of threads.
 */
public final class Announcer implements AutoCloseable {

  private record Waiting(TenantId tenant, Notice notice) {}

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final int WAITING_MAX = 10_000;
  private static final int BATCH_MAX = 500;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final BiPredicate<TenantId, Topic> wanted;
  private final Consumer<Submission> keep;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(WAITING_MAX);
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;

  /**
   * Begins to keep what is told.
   *
   * @param wanted whether a webhook of that tenant wants to know of such things
   * @param keep has a submission kept, and returns once it is
   */
  public Announcer(BiPredicate<TenantId, Topic> wanted, Consumer<Submission> keep) {
    this.wanted = wanted;
    this.keep = keep;
    this.thread = Thread.ofPlatform().name("webhook-notices").daemon().start(this::keepAll);
  }

  public boolean isWanted(TenantId tenant, Topic topic) {
    return wanted.test(tenant, topic);
  }

  /** Has a notice kept soon, if somebody wants to know. */
  public void tell(TenantId tenant, Topic topic, Supplier<Notice> notice) {
    if (!wanted.test(tenant, topic)) return;
    if (!queue.offer(new Waiting(tenant, notice.get()))) dropped.increment();
  }

  /** How many notices there was no room for. */
  public long dropped() {
    return dropped.sum();
  }

  private void keepAll() {
    try {
      while (true) {
        var batch = new ArrayList<Waiting>();
        batch.add(queue.take());
        queue.drainTo(batch, BATCH_MAX - 1);
        keep(batch);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(List<Waiting> batch) throws InterruptedException {
    Map<TenantId, List<Change>> byTenant = new LinkedHashMap<>();
    for (Waiting each : batch) {
      byTenant.computeIfAbsent(each.tenant(), _ -> new ArrayList<>()).add(new Tell(each.notice()));
    }
    for (var each : byTenant.entrySet()) {
      keep(new Submission(each.getKey(), each.getValue(), Optional.empty()));
    }
  }

  private void keep(Submission submission) throws InterruptedException {
    while (true) {
      try {
        keep.accept(submission);
        return;
      } catch (Unavailable later) {
        Thread.sleep(AFTER_FAILURE);
      } catch (RuntimeException failure) {
        LOG.error("notices are lost, notices={}", submission.changes().size(), failure);
        dropped.add(submission.changes().size());
        return;
      }
    }
  }

  /** Forgets what waits. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
