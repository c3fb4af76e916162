package dev.kindred;

import dev.kindred.config.LiveConfig;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.ServedBy;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.ShownList.OfExperiment;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.recommend.Lists;
import dev.kindred.recommend.Recommendation;
import dev.kindred.recommend.Request;
import dev.kindred.store.Store;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
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
 * Keeps what users were shown, all of it or a sample, without letting them wait for it.
 *
 * <p>What is shown waits in a bounded queue until {@link #flush} is called, several times a second,
 * and is then kept together. What there is no room for is counted and forgotten. Whether a list is
 * in the sample depends on its id alone. Safe for any number of threads.
 */
final class Showing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Showing.class);
  private static final String CLEAN_UP = "shown-lists-clean-up";
  private static final int WAITING_MAX = 10_000;

  private final Store store;
  private final Consumer<Submission> keep;
  private final LiveConfig config;
  private final Clock clock;
  private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final LongAdder kept = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /** A list as it was made; what is kept of it is made later, by somebody who has time. */
  private record Waiting(
      TenantId tenant,
      Request request,
      Optional<ServedBy> by,
      String id,
      Recommendation list,
      Instant at) {

    ShownList shown() {
      return new ShownList(
          id,
          request.user().map(UserId::new),
          request.algorithm().word(),
          list.position(),
          list.model(),
          by.map(it -> new OfExperiment(it.experiment(), it.variant())),
          list.items().stream()
              .map(item -> new EntityKey(item.type(), new EntityId(item.id())))
              .toList(),
          at);
    }
  }

  Showing(
      Store store,
      Consumer<Submission> keep,
      LiveConfig config,
      Clock clock,
      MeterRegistry metrics) {
    this.store = store;
    this.keep = keep;
    this.config = config;
    this.clock = clock;
    measure(metrics);
  }

  private void measure(MeterRegistry metrics) {
    FunctionCounter.builder("exposures.kept", kept, LongAdder::sum)
        .description("Lists that were shown and are kept")
        .register(metrics);
    FunctionCounter.builder("exposures.dropped", dropped, LongAdder::sum)
        .description("Lists that were shown, were to be kept and could not be")
        .register(metrics);
    Gauge.builder("exposures.waiting", queue, ArrayBlockingQueue::size)
        .description("Lists that were shown and are about to be kept")
        .register(metrics);
  }

  /** Is told of lists, after those who want to be told of every one. */
  Lists.Watch after(ListNotices notices) {
    return (tenant, request, by, id, list) -> {
      notices.shown(tenant, request, id, list);
      shown(tenant, request, by, id, list);
    };
  }

  /** Is told of each list that is shown. */
  void shown(
      TenantId tenant, Request request, Optional<ServedBy> by, String id, Recommendation list) {
    if (!isSampled(id, config.get().measuring().exposureSampleRatio())) return;
    if (!queue.offer(new Waiting(tenant, request, by, id, list, clock.instant()))) {
      dropped.increment();
    }
  }

  static boolean isSampled(String id, double ratio) {
    if (ratio >= 1) return true;
    // The golden ratio spreads ids that differ little.
    int mixed = id.hashCode() * 0x9E3779B9;
    return (mixed >>> 1) < ratio * Integer.MAX_VALUE;
  }

  /** Keeps what is waiting now. Never throws. */
  synchronized void flush() {
    var together = new ArrayList<Waiting>();
    while (queue.drainTo(together, Change.RecordShown.LISTS_MAX) > 0) {
      Map<TenantId, List<ShownList>> byTenant = new LinkedHashMap<>();
      for (Waiting waiting : together) {
        byTenant.computeIfAbsent(waiting.tenant(), _ -> new ArrayList<>()).add(waiting.shown());
      }
      together.clear();
      byTenant.forEach(this::keep);
    }
  }

  private void keep(TenantId tenant, List<ShownList> lists) {
    try {
      keep.accept(Submission.of(tenant, new Change.RecordShown(lists)));
      kept.add(lists.size());
    } catch (KindredException failure) {
      dropped.add(lists.size());
      LOG.atWarn()
          .addKeyValue("lists", lists.size())
          .setCause(failure)
          .log("cannot keep what users were shown");
    }
  }

  Map<String, JobWork> works() {
    return Map.of(CLEAN_UP, run -> forgetOld(run.job().tenant()));
  }

  List<Schedule> schedules() {
    return List.of(new Schedule(CLEAN_UP, Duration.ofDays(1), 1, () -> store.tenants().all()));
  }

  private void forgetOld(TenantId tenant) {
    int days = config.get().measuring().exposureRetentionDays();
    store.tenant(tenant).shown().prune(clock.instant().minus(Duration.ofDays(days)));
  }

  @Override
  public void close() {
    flush();
  }
}
