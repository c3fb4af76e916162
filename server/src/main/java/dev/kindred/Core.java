package dev.kindred;

import dev.kindred.checkpoint.Checkpoints;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.Tail;
import dev.kindred.collect.features.TenantVectors;
import dev.kindred.collect.features.VectorUpkeep;
import dev.kindred.config.Config;
import dev.kindred.config.LiveConfig;
import dev.kindred.domain.TenantId;
import dev.kindred.http.Api.Counted;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.learn.Learning;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcStore;
import dev.kindred.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What collects, learns, recommends and measures, put together: all of the product but its rim. The
 * server has it, and so has the library.
 */
final class Core implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Core.class);
  private static final Duration VECTORS_LOOKED_AT_EVERY = Duration.ofMinutes(1);
  private static final String VECTORS_JOB = "vectors";

  final LiveConfig config;
  final Clock clock;
  final Store store;
  final Checkpoints checkpoints;
  final Tail tail;
  final GroupCommit commit;
  final TenantVectors vectors;
  final EntityIntake entities;
  final InteractionIntake interactions;
  final Counted counted;
  final Learning learning;
  final Experimenting experiments;
  final Recommending recommending;
  final ModelMaking models;
  final Showing showing;

  /** Where what takes long is done. */
  final ExecutorService threads;

  private final VectorUpkeep upkeep;

  /** What is to be closed, the newest part first. */
  private final Deque<AutoCloseable> parts;

  /**
   * Opens the database and builds what works on it; nothing is in memory before {@link #follow}.
   *
   * @throws dev.kindred.domain.KindredException when the database does not come up in time
   */
  static Core open(LiveConfig config, Clock clock, MeterRegistry metrics, Tracing tracing) {
    var parts = new ArrayDeque<AutoCloseable>();
    try {
      return new Core(config, clock, metrics, tracing, parts);
    } catch (RuntimeException | Error failure) {
      close(parts);
      throw failure;
    }
  }

  private Core(
      LiveConfig config,
      Clock clock,
      MeterRegistry metrics,
      Tracing tracing,
      Deque<AutoCloseable> parts) {
    this.config = config;
    this.clock = clock;
    this.parts = parts;
    Config now = config.get();
    var opened = keep(JdbcStore.open(Parts.database(now), clock, new SecureRandom()));
    opened.trace(tracing);
    store = opened;
    // Closed after whoever writes, so that the last checkpoint has all of it.
    checkpoints =
        keep(
            new Checkpoints(
                now.database().data().resolve("checkpoints"),
                store,
                clock,
                Checkpoints.Limits.every(now.learning().checkpointInterval())));
    tail = new Tail(store.log());
    commit =
        keep(
            GroupCommit.start(
                store.log(),
                tail,
                GroupCommit.Limits.DEFAULT,
                Thread.ofPlatform().name("group-commit-", 0).factory()));
    commit.trace(tracing);
    Gauges.database(metrics, store);
    Gauges.log(metrics, commit, tail);

    threads = keep(Executors.newVirtualThreadPerTaskExecutor());
    vectors = new TenantVectors(store, now.learning().vectorDimension());
    entities = new EntityIntake(vectors);
    interactions = new InteractionIntake(new EventClock(clock));
    counted = Measuring.of(store, config, clock);
    learning =
        new Learning(
            store, now.learning().vectorDimension(), System::nanoTime, Storefronts.segments(now));
    experiments = keep(new Experimenting(store, commit, clock));
    recommending = keep(new Recommending(learning, experiments.served(), config, clock, metrics));
    models = keep(new ModelMaking(store, learning, config, clock));
    models.measure(metrics, clock);
    showing = keep(new Showing(store, commit::keep, config, clock, metrics));
    upkeep = new VectorUpkeep(store, commit::keep, vectors);
  }

  /** Reads what there is into memory, and from then on what is new before it is acknowledged. */
  void follow() {
    var counting = CompletableFuture.runAsync(() -> Measuring.load(counted, checkpoints), threads);
    if (!checkpoints.restore(learning)) learning.load();
    tail.tell(vectors, tail.position());
    tail.tell(upkeep, tail.position());
    tail.tell(learning::follow, learning.position());
    counting.join();
    Measuring.follow(counted, tail, config);
    tail.tell(checkpoints::follow, checkpoints.oldest(tail.position()));
    models.look();
    experiments.follow(tail);
  }

  /** Adds what is to be done again and again, and by whom. */
  void addJobs(Map<String, JobWork> works, List<Schedule> schedules) {
    works.put(VECTORS_JOB, run -> upkeep.run(run.job().tenant(), run::goOn));
    schedules.add(new Schedule(VECTORS_JOB, VECTORS_LOOKED_AT_EVERY, 0.5, upkeep::due));
    store
        .vectorIndex()
        .ifPresent(index -> VectorIndexJob.add(index, home(), tail, works, schedules));
    schedules.add(Measuring.cleanup(counted, store, commit::keep, config, clock, works));
    works.putAll(models.works());
    schedules.addAll(models.schedules(config.get()));
    works.putAll(showing.works());
    schedules.addAll(showing.schedules());
  }

  /** The tenant of whoever names none. */
  TenantId home() {
    return new TenantId(config.get().tenancy().defaultTenant());
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    close(parts);
  }

  /** Closes the newest first; one that fails does not keep the others open. */
  static void close(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        LOG.warn("a part did not close as it should", failure);
      }
    }
  }
}
