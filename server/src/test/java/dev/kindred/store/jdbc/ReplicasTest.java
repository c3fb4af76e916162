package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.GroupCommit.Limits;
import dev.kindred.collect.Tail;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.Job;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.jobs.JobRunner;
import dev.kindred.store.Store;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several replicas on one PostgreSQL: they see one order, and do everything once. */
@Tag(TestServices.TAG)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class ReplicasTest {

  private static final TenantId SHOP = new TenantId("shop");

  private final SettableClock clock = SettableClock.atNoon();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private TestDatabase database;
  private Replica one;
  private Replica two;

  @BeforeEach
  void open() {
    database = TestDatabase.postgresql();
    one = new Replica(database.open(clock));
    two = new Replica(database.open(clock));
  }

  @AfterEach
  void close() {
    threads.close();
    one.close();
    two.close();
    database.close();
  }

  @Test
  void all_see_every_position_once_and_in_order_while_all_write() throws Exception {
    var bystander = new Replica(database.open(clock));
    var writing = new ArrayList<Future<?>>();
    for (int i = 0; i < 16; i++) {
      Replica replica = i % 2 == 0 ? one : two;
      String user = "user-" + i;
      writing.add(
          threads.submit(() -> {
            for (int n = 0; n < 25; n++) replica.record(user, "entity-" + n % 7);
          }));
    }
    while (writing.stream().anyMatch(each -> !each.isDone())) bystander.tail.poll();
    for (Future<?> each : writing) each.get();
    for (Replica replica : List.of(one, two, bystander)) replica.tail.poll();

    List<Long> all = LongStream.rangeClosed(1, 16 * 25).boxed().toList();
    for (Replica replica : List.of(one, two, bystander)) {
      assertThat(replica.seen).extracting(Event::position).containsExactlyElementsOf(all);
      assertThat(replica.seen).containsExactlyElementsOf(one.seen);
    }
    bystander.close();
  }

  @Test
  void what_one_acknowledged_can_be_waited_for_on_the_other() throws Exception {
    for (int i = 0; i < 5; i++) {
      long position = one.record("ann", "boots");

      two.tail.awaitPosition(position, Duration.ofSeconds(20));

      assertThat(two.seen).extracting(Event::position).contains(position);
      assertThat(two.store.tenant(SHOP).users().find(new UserId("ann"))).isPresent();
    }
  }

  @Test
  void an_idempotency_key_counts_on_all_of_them() throws Exception {
    List<Callable<Receipt>> calls =
        IntStream.range(0, 10)
            .<Callable<Receipt>>mapToObj(i -> () -> (i % 2 == 0 ? one : two).commit.keep(once()))
            .toList();

    int kept = 0;
    for (Future<Receipt> call : threads.invokeAll(calls)) {
      if (call.get().replayed().isEmpty()) kept++;
    }

    assertThat(kept).isEqualTo(1);
    assertThat(one.store.log().head()).isEqualTo(1);
  }

  @Test
  void a_job_is_done_by_one_of_them() {
    for (int i = 0; i < 12; i++) {
      one.commit.keep(
          Submission.of(
              SHOP, new Change.StartJob(new Job.Draft("job-" + i, "sweep", new byte[0]))));
    }
    var done = new ConcurrentLinkedQueue<String>();
    try (var ticking = Executors.newFixedThreadPool(2)) {
      for (Replica replica : List.of(one, two)) ticking.execute(replica.workingThrough(done));
    }

    assertThat(done)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 12).mapToObj(i -> "job-" + i).toList());
  }

  private Submission once() {
    var answer =
        new RememberedAnswer("hash", 200, "text/plain", Optional.empty(), new byte[] {'o', 'k'});
    return new Submission(
        SHOP,
        List.of(new Change.PutUser(new UserId("ann"), JsonObject.EMPTY)),
        Optional.of(new Once("key-1", "hash", _ -> answer)));
  }

  /** What a server has of the store. */
  private final class Replica implements AutoCloseable {

    final Store store;
    final Tail tail;
    final GroupCommit commit;
    final List<Event> seen = new ArrayList<>();

    Replica(Store store) {
      this.store = store;
      this.tail = new Tail(store.log());
      this.commit =
          GroupCommit.start(
              store.log(), tail, Limits.DEFAULT, Thread.ofPlatform().name("writer").factory());
      tail.tell(seen::addAll, 0);
    }

    long record(String user, String entityId) {
      var interaction =
          new Interaction(
              new UserId(user),
              EntityKey.of("product", entityId).asRef(),
              "view",
              OptionalDouble.empty(),
              JsonObject.EMPTY,
              clock.now(),
              false,
              Optional.empty(),
              Optional.empty());
      return commit.keep(Submission.of(SHOP, new Change.RecordInteraction(interaction))).position();
    }

    Runnable workingThrough(ConcurrentLinkedQueue<String> done) {
      var settings = JobRunner.Settings.of("replica-" + System.identityHashCode(this));
      var runner =
          new JobRunner(
              store.jobs(),
              Map.of("sweep", run -> done.add(run.job().id())),
              settings,
              clock,
              Runnable::run);
      return () -> {
        for (int i = 0; i < 12; i++) runner.tick();
      };
    }

    @Override
    public void close() {
      commit.close();
      store.close();
    }
  }
}
