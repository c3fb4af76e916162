package dev.kindred.measure.experiments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.domain.Change;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps that users were served by experiments, without letting them wait for it.
 *
 * <p>What is offered waits in a bounded queue until somebody calls {@link #flush}, several times a
 * second. A user who was offered lately is not offered again. Where the queue is full, or the
 * keeping fails, the user is forgotten here, so that their next request offers them again. Safe for
 * any number of threads.
 */
public final class Exposures {

  private static final Logger log = LoggerFactory.getLogger(Exposures.class);
  private static final int WAITING_MAX = 20_000;
  private static final int LATELY_MAX = 200_000;
  private static final int TOGETHER_MAX = 1_000;

  private record Offered(TenantId tenant, String experiment, UserId user) {}

  private record Waiting(Offered offered, Instant at) {}

  private final Consumer<Submission> keep;
  private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Cache<Offered, Boolean> lately =
      Caffeine.newBuilder().maximumSize(LATELY_MAX).build();
  private final LongAdder dropped = new LongAdder();

  /**
   * Has exposures kept.
   *
   * @param keep keeps a submission, or throws when it cannot
   */
  public Exposures(Consumer<Submission> keep) {
    this.keep = keep;
  }

  /** The user was served by the experiment at that time. */
  void offer(TenantId tenant, String experiment, UserId user, Instant at) {
    var offered = new Offered(tenant, experiment, user);
    if (lately.asMap().putIfAbsent(offered, true) != null) return;
    if (queue.offer(new Waiting(offered, at))) return;
    lately.invalidate(offered);
    dropped.increment();
  }

  /** A user was erased: whoever comes under that id later is somebody new. */
  void forgetAll() {
    lately.invalidateAll();
  }

  /** How many were not kept because too many were waiting. */
  public long dropped() {
    return dropped.sum();
  }

  /** How many are waiting. */
  public int waiting() {
    return queue.size();
  }

  /** Keeps what is waiting now. Never throws. */
  public synchronized void flush() {
    var together = new ArrayList<Waiting>();
    while (queue.drainTo(together, TOGETHER_MAX) > 0) {
      Map<TenantId, List<Change>> byTenant = new LinkedHashMap<>();
      for (Waiting waiting : together) {
        byTenant
            .computeIfAbsent(waiting.offered().tenant(), _ -> new ArrayList<>())
            .add(
                new Change.RecordExposure(
                    waiting.offered().experiment(),
                    waiting.offered().user(),
                    Optional.empty(),
                    waiting.at()));
      }
      try {
        byTenant.forEach(
            (tenant, changes) -> keep.accept(new Submission(tenant, changes, Optional.empty())));
      } catch (KindredException later) {
        forget(together);
        log.atWarn()
            .addKeyValue("users", together.size())
            .setCause(later)
            .log("cannot keep who was served by experiments; their next request tries again");
        return;
      }
      together.clear();
    }
  }

  private void forget(List<Waiting> together) {
    for (Waiting waiting : together) lately.invalidate(waiting.offered());
  }
}
