package dev.kindred.learn;

import dev.kindred.breaker.Breaker;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.learn.VectorQuestion.Answer;
import dev.kindred.store.VectorIndex;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has readings done with vectors that the database keeps: a reading notes what it lacked, that is
 * fetched between readings, and the reading is done again, until it lacks nothing. So nobody waits
 * for the database while changes wait for a reading.
 *
 * <p>A list waits only so long for all of it. When the database fails or is slow, nobody asks for a
 * while and then one does; until it answers, readings do without. Safe for any number of threads.
 */
final class VectorFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(VectorFetcher.class);

  /** The history, what is near, and twice more where filters leave too little of that. */
  private static final int ROUNDS_MAX = 6;

  /** How long one list may wait for the database, and how long nobody asks after that. */
  record Limits(Duration patience, Duration pause, int atOnce) {
    static Limits of(int connections) {
      return new Limits(
          Duration.ofMillis(300), Duration.ofSeconds(1), Math.max(1, connections / 2));
    }
  }

  private final VectorIndex index;
  private final Limits limits;

  /** Who asks holds one until the database has answered, however long nobody waits any more. */
  private final Semaphore turns;

  private final Breaker breaker;

  private final LongAdder asked = new LongAdder();
  private final LongAdder unanswered = new LongAdder();

  VectorFetcher(VectorIndex index, Limits limits, LongSupplier nanoTime) {
    this.index = index;
    this.limits = limits;
    this.turns = new Semaphore(limits.atOnce());
    this.breaker = new Breaker(limits.pause(), nanoTime);
  }

  /** How often the database was asked. */
  long asked() {
    return asked.sum();
  }

  /** How often a list had to do without an answer. */
  long unanswered() {
    return unanswered.sum();
  }

  /** The mean of the directions of all vectors of a type, for who has time. */
  float[] mean(TenantId tenant, EntityType type) {
    return index.mean(tenant, type);
  }

  <T> T read(LiveTenant tenant, Function<VectorsAtHand, T> reading) {
    var fetched = new Fetched(tenant);
    long start = System.nanoTime();
    for (int round = 1; ; round++) {
      T made =
          tenant.read(() -> {
            fetched.begin();
            return reading.apply(fetched);
          });
      if (fetched.isWhole() || round > ROUNDS_MAX) return made;
      long left = limits.patience().toNanos() - (System.nanoTime() - start);
      var answers = ask(tenant.id(), fetched.questions(), left);
      if (answers.isEmpty()) return made;
      fetched.take(answers.get());
    }
  }

  /** Answers, if they come in time. */
  private Optional<Map<Shelf, Asked>> ask(
      TenantId tenant, Map<Shelf, VectorQuestion> questions, long nanos) {
    if (!breaker.mayAsk() || !mayBegin(nanos)) {
      unanswered.increment();
      return Optional.empty();
    }
    asked.increment();
    var answer = new CompletableFuture<Map<Shelf, Asked>>();
    Thread.startVirtualThread(() -> {
      try {
        var answers = new HashMap<Shelf, Asked>();
        questions.forEach(
            (shelf, one) -> answers.put(shelf, new Asked(one, one.ask(index, tenant))));
        answer.complete(answers);
      } catch (Throwable failure) {
        answer.completeExceptionally(failure);
      } finally {
        turns.release();
      }
    });
    try {
      Map<Shelf, Asked> answers = answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      if (breaker.succeeded()) LOG.info("the database finds near vectors again");
      return Optional.of(answers);
    } catch (TimeoutException slow) {
      failed("it takes longer than " + limits.patience().toMillis() + " ms");
    } catch (ExecutionException failure) {
      failed(String.valueOf(failure.getCause()));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    unanswered.increment();
    return Optional.empty();
  }

  private boolean mayBegin(long nanos) {
    try {
      return turns.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void failed(String why) {
    if (breaker.failed()) {
      LOG.warn("lists go without likeness until the database finds near vectors again: {}", why);
    }
  }

  private record Asked(VectorQuestion question, Answer answer) {}

  /** What was fetched for one list, from each shelf that it looks at. */
  private static final class Fetched implements VectorsAtHand {
    private final LiveTenant tenant;
    private final Map<Shelf, FetchedVectors> shelves = new LinkedHashMap<>();

    Fetched(LiveTenant tenant) {
      this.tenant = tenant;
    }

    @Override
    public ItemVectors of(Shelf shelf) {
      return shelves.computeIfAbsent(shelf, it -> new FetchedVectors(tenant, it));
    }

    @Override
    public boolean isWhole() {
      return shelves.values().stream().allMatch(FetchedVectors::isWhole);
    }

    void begin() {
      shelves.values().forEach(FetchedVectors::begin);
    }

    Map<Shelf, VectorQuestion> questions() {
      var questions = new LinkedHashMap<Shelf, VectorQuestion>();
      shelves.forEach((shelf, own) -> own.question().ifPresent(it -> questions.put(shelf, it)));
      return questions;
    }

    void take(Map<Shelf, Asked> answers) {
      answers.forEach((shelf, one) -> {
        FetchedVectors own = shelves.get(shelf);
        if (own != null) own.take(one.question(), one.answer());
      });
    }
  }
}
