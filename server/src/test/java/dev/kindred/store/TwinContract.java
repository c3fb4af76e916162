package dev.kindred.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Entity;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Job;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.store.Catalog.Numbered;
import dev.kindred.store.EventLog.Appended;
import dev.kindred.store.Jobs.Leased;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written to it, by chance and in whatever mixture, a store says what the memory store
 * says. {@code -Dkindred.seed=} repeats a case.
 */
public abstract class TwinContract extends StoreContract {

  private static final int APPENDS = 600;
  private static final int APPENDS_A_LOOK = 25;

  protected TwinContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void every_answer_is_that_of_the_memory_store() {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    var submissions = new RandomSubmissions(random.split(), clock);
    var twin = new MemoryStore(clock);

    for (int i = 1; i <= APPENDS; i++) {
      String where = "seed " + seed + ", append " + i;
      clock.advance(Duration.ofNanos(random.nextInt(3) * 1_500L));
      if (random.nextInt(50) == 0) clock.advance(Duration.ofHours(5));

      List<Submission> next = submissions.next();
      Appended told = store.log().extend(next);
      Appended expected = twin.log().extend(next);
      assertThat(told.receipts().stream().map(TwinContract::say).toList())
          .as(where)
          .isEqualTo(expected.receipts().stream().map(TwinContract::say).toList());
      assertThat(told.events()).as(where).isEqualTo(Tailing.read(store.log(), told));
      assertThat(told.after()).as(where).isEqualTo(expected.after());
      assertThat(told.position()).as(where).isEqualTo(expected.position());

      long work = random.nextLong();
      meanwhile(random.split());
      assertThat(workOnJobs(store.jobs(), work)).as(where).isEqualTo(workOnJobs(twin.jobs(), work));
      if (work % 5 == 0) {
        assertThat(fold(store, work)).as(where).isEqualTo(fold(twin, work));
      }
      if (i % 10 == 0) {
        clock.advance(Duration.ofMillis(1));
        refreshVectors(store, work);
        refreshVectors(twin, work);
      }
      if (i % APPENDS_A_LOOK == 0) {
        assertThat(pictureOf(store)).as(where).containsExactlyElementsOf(pictureOf(twin));
      }
    }
  }

  /** What may happen to the store at any time without anybody's noticing. */
  protected void meanwhile(SplittableRandom random) {}

  private static List<String> pictureOf(Store store) {
    return Picture.of(store, RandomSubmissions.TENANTS, RandomSubmissions.IDEMPOTENCY_KEYS);
  }

  private static String say(Receipt receipt) {
    List<String> outcomes = new ArrayList<>();
    for (Outcome outcome : receipt.outcomes()) outcomes.add(Picture.of(outcome));
    return receipt.position() + " " + outcomes + " " + receipt.replayed().map(Picture::of);
  }

  /** Does something with the jobs, and tells what came of it. */
  private String workOnJobs(Jobs jobs, long seed) {
    var random = new SplittableRandom(seed);
    String owner = "owner-" + random.nextInt(2);
    String jobId = "job-" + random.nextInt(30);
    var progress =
        new Progress(9, random.nextInt(9), 1, 0, List.of(new Job.Problem(0, "a", "b", "c")));
    return switch (random.nextInt(6)) {
      case 0 -> {
        Optional<Leased> taken =
            jobs.take(
                owner,
                RandomSubmissions.JOB_KINDS.subList(0, random.nextInt(1, 3)),
                clock.instant(),
                Duration.ofHours(1));
        yield taken
            .map(leased -> leased.job() + " " + new String(leased.payload(), UTF_8))
            .toString();
      }
      case 1, 2 ->
          "goes on: " + jobs.progress(owner, jobId, progress, clock.instant().plusSeconds(3600));
      case 3 -> {
        jobs.finish(owner, jobId, Job.State.COMPLETED, progress, clock.instant());
        yield "finished";
      }
      case 4 -> "pruned: " + jobs.prune(clock.instant().minus(Duration.ofHours(12)));
      default -> "nothing";
    };
  }

  /** Sums up some of what somebody did. */
  private Retention.Step fold(Store folding, long seed) {
    var random = new SplittableRandom(seed);
    long end = folding.log().head();
    long after = random.nextLong(end + 1);
    Instant before = clock.instant().minus(Duration.ofHours(random.nextInt(10)));
    return folding
        .retention()
        .fold(
            RandomSubmissions.TENANTS.get(random.nextInt(2)),
            before.toEpochMilli() * 1_000,
            after,
            after + random.nextLong(end - after + 1),
            random.nextInt(1, 50));
  }

  /** Gives some made vectors another version. */
  private static void refreshVectors(Store store, long seed) {
    int version = (int) (seed & 7);
    Catalog catalog = store.tenant(RandomSubmissions.TENANTS.getFirst()).catalog();
    var refreshed = new ArrayList<Numbered>();
    catalog.scan(
        0,
        numbered -> {
          if (numbered.entity().isEmpty()) return;
          Entity entity = numbered.entity().get();
          // Every other name, whatever its number.
          if (entity.vector().isGiven() || entity.key().id().value().hashCode() % 2 == 0) return;
          refreshed.add(
              new Numbered(numbered.number(), numbered.key(), Optional.of(with(entity, version))));
        });
    catalog.refreshVectors(refreshed);
  }

  private static Entity with(Entity entity, int version) {
    return new Entity(
        entity.key(),
        entity.attributes(),
        new FeatureVector(Shop.vector(version).values(), version),
        entity.availability(),
        entity.createdAt(),
        entity.updatedAt());
  }
}
