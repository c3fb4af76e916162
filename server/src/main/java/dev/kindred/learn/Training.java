package dev.kindred.learn;

import dev.kindred.domain.TenantId;
import dev.kindred.engine.Workers;
import dev.kindred.engine.judge.Chooser.Incumbent;
import dev.kindred.learn.Trainer.Budget;
import dev.kindred.learn.Trainer.Made;
import dev.kindred.store.Models;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;

/**
 * Keeps models in step with what happens: makes them, puts them in force, and remembers what became
 * of each attempt. Safe for any number of threads; a tenant's models are made one at a time.
 */
public final class Training {
  /** A first model is worth while from so many interactions on. */
  private static final long INTERACTIONS_MIN = 500;

  private static final double GROWN = 2;
  private static final long A_MOMENT_MILLIS = 100;
  private static final long SEED = 1;

  /**
   * What a family may take for a while beside what it learns: a filter of 100 000 items and 50 000
   * users gets some 200 singular values for it, a regression 50 entries an item.
   */
  private static final double ROOM = 96e6;

  private final Learning learning;
  private final ToDoubleFunction<LiveTenant> halfLifeMicros;
  private final double effort;
  private final ExecutorService threads;
  private final Workers workers;
  private final InstantSource clock;
  private final ModelKeeper keeper;

  /** What this replica chose last for a shelf. */
  private final Map<Shelf, Chosen> chosen = new ConcurrentHashMap<>();

  /**
   * @param erasures how many users had been erased by then: what was chosen with the help of
   *     somebody who is erased since is chosen anew
   */
  private record Chosen(Incumbent choice, long erasures) {}

  /** How many interactions there were when a tenant's models were last made. */
  private final Map<TenantId, Long> madeFrom = new ConcurrentHashMap<>();

  private final Map<TenantId, ReentrantLock> turns = new ConcurrentHashMap<>();

  /**
   * @param halfLifeMicros after which an interaction counts half, as a tenant has set it
   * @param effort nanoseconds of one core that one family's trials may take
   * @param threads where models are made: not those that answer
   * @param atOnce how many of them
   */
  public Training(
      Learning learning,
      Models models,
      ToDoubleFunction<LiveTenant> halfLifeMicros,
      double effort,
      ExecutorService threads,
      int atOnce,
      InstantSource clock) {
    this.learning = learning;
    this.halfLifeMicros = halfLifeMicros;
    this.effort = effort;
    this.threads = threads;
    this.workers = Workers.of(threads, atOnce);
    this.clock = clock;
    this.keeper = new ModelKeeper(learning, models);
  }

  /**
   * Tenants that have no model though there is enough to learn from, or have outgrown theirs;
   * without those whose models are being made.
   */
  public List<TenantId> due() {
    return learning.tenants().stream()
        .filter(tenant -> !turn(tenant.id()).isLocked())
        .filter(tenant -> tenant.interactions() >= Math.max(INTERACTIONS_MIN, GROWN * made(tenant)))
        .map(LiveTenant::id)
        .toList();
  }

  /** A model that was made before a restart or elsewhere counts as made from what there is now. */
  private long made(LiveTenant tenant) {
    boolean has =
        tenant.read(() -> tenant.shelves().stream().anyMatch(it -> !it.learned().isNothing()));
    return has
        ? madeFrom.computeIfAbsent(tenant.id(), _ -> tenant.interactions())
        : madeFrom.getOrDefault(tenant.id(), 0L);
  }

  /** Whether models of anybody are being made here just now. */
  public boolean isMaking() {
    return turns.values().stream().anyMatch(ReentrantLock::isLocked);
  }

  /** All tenants that something is known about. */
  public List<TenantId> all() {
    return learning.tenants().stream().map(LiveTenant::id).toList();
  }

  /** How many models are made in a rebuild. */
  public int steps(TenantId id) {
    return learning.tenant(id).shelves().size();
  }

  /**
   * Makes the models of all the tenant's types anew from everything that is known.
   *
   * @param goOn called again and again; may throw to end the rebuild, which changes nothing then
   * @param step called after each type
   */
  public void rebuild(TenantId id, Runnable goOn, Runnable step) throws InterruptedException {
    ReentrantLock turn = turn(id);
    while (!turn.tryLock(A_MOMENT_MILLIS, TimeUnit.MILLISECONDS)) goOn.run();
    try {
      make(id, goOn, step);
    } finally {
      turn.unlock();
    }
  }

  /** The same, unless it is going on already; ends early when somebody asks for a rebuild. */
  public void catchUp(TenantId id, Runnable goOn, Runnable step) throws InterruptedException {
    ReentrantLock turn = turn(id);
    if (!turn.tryLock()) return;
    try {
      make(
          id,
          () -> {
            if (turn.hasQueuedThreads()) throw new GaveWay();
            goOn.run();
          },
          step);
    } catch (GaveWay toANewerOne) {
      // That one learns from all that this one would have.
    } finally {
      turn.unlock();
    }
  }

  private static final class GaveWay extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private ReentrantLock turn(TenantId id) {
    return turns.computeIfAbsent(id, _ -> new ReentrantLock());
  }

  private void make(TenantId id, Runnable goOn, Runnable step) throws InterruptedException {
    LiveTenant tenant = learning.tenant(id);
    long interactions = tenant.read(tenant::interactions);
    for (Shelf shelf : tenant.read(() -> List.copyOf(tenant.shelves()))) {
      goOn.run();
      Instant start = clock.instant();
      var budget = new Budget(effort, ROOM, halfLifeMicros.applyAsDouble(tenant), SEED);
      var trainer = new Trainer(tenant, shelf, budget, workers, goOn);
      long erasures = tenant.read(tenant::erasures);
      Optional<Incumbent> incumbent =
          Optional.ofNullable(chosen.get(shelf))
              .filter(last -> last.erasures() == erasures)
              .map(Chosen::choice);
      Optional<Made> made = elsewhere(trainer, incumbent);
      if (made.isPresent()) {
        keeper.publish(id, shelf, made.get().learned(), start, clock.instant());
        chosen.put(shelf, new Chosen(made.get().choice(), erasures));
      } else {
        long position = tenant.read(tenant::position);
        keeper.tooLittle(id, shelf.type(), position, start, clock.instant());
      }
      step.run();
    }
    madeFrom.put(id, interactions);
  }

  /** When the oldest of the models in force was made; absent where there are none. */
  public Optional<Instant> oldest() {
    return keeper.oldest();
  }

  /** Takes models that were made before a restart, or elsewhere. */
  public void look() {
    keeper.look();
  }

  /** Brings what the models cannot know yet up to date. */
  public void refresh() {
    for (LiveTenant tenant : learning.tenants()) {
      for (Shelf shelf : tenant.read(() -> List.copyOf(tenant.shelves()))) {
        new Refresher(tenant, shelf).run();
      }
    }
  }

  private Optional<Made> elsewhere(Trainer trainer, Optional<Incumbent> incumbent)
      throws InterruptedException {
    var work = threads.submit(() -> trainer.train(incumbent));
    try {
      return work.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new IllegalStateException(failed);
      }
    } finally {
      work.cancel(true);
    }
  }
}
