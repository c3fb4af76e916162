package dev.kindred.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Outcome.JobStored;
import dev.kindred.store.Jobs.Leased;
import dev.kindred.store.Jobs.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of jobs: each is worked on by one owner at a time. */
public abstract class JobsContract extends StoreContract {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Progress NOTHING = new Progress(0, 0, 0, 0, List.of());

  protected JobsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_new_job_waits_in_the_queue() {
    JobStored stored = start("j-1", "import");

    var expected =
        new Job(
            "j-1",
            shop.tenant(),
            "import",
            State.QUEUED,
            0,
            0,
            0,
            0,
            List.of(),
            0,
            false,
            clock.now(),
            Optional.empty(),
            Optional.empty());
    assertThat(stored).isEqualTo(new JobStored(expected, 1));
    assertThat(find("j-1")).isEqualTo(expected);
  }

  @Test
  void an_id_is_given_once_over_all_tenants() {
    start("j-1", "import");
    var again = new Change.StartJob(new Job.Draft("j-1", "import", new byte[0]));

    assertThat(shop.refusal(again).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(shop("other").refusal(again).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void work_that_was_done_at_once_is_recorded_as_it_ended() {
    var done =
        new Job(
            "j-1",
            shop.tenant(),
            "import",
            State.PARTIALLY_COMPLETED,
            3,
            3,
            2,
            1,
            List.of(new Problem(1, "boots", "product", "no attributes")),
            1,
            false,
            clock.now().minusSeconds(2),
            Optional.of(clock.now().minusSeconds(1)),
            Optional.of(clock.now()));

    assertThat(shop.keep(JobStored.class, new Change.RecordJob(done)))
        .isEqualTo(new JobStored(done, 1));

    assertThat(find("j-1")).isEqualTo(done);
    assertThat(take("me", "import")).isEmpty();
    assertThat(shop.refusal(new Change.RecordJob(done)).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void jobs_are_listed_newest_first() {
    start("j-1", "import");
    start("j-2", "import");
    start("j-3", "import");

    assertThat(store.jobs().newest(shop.tenant(), 2))
        .extracting(Job::id)
        .containsExactly("j-3", "j-2");
    assertThat(store.jobs().newest(shop("other").tenant(), 2)).isEmpty();
    assertThat(store.jobs().find(shop("other").tenant(), "j-1")).isEmpty();
  }

  @Test
  void the_oldest_job_of_the_wanted_kinds_is_taken_with_its_payload() {
    start("j-1", "export");
    start("j-2", "import");
    start("j-3", "import");

    Leased taken = take("me", "import", "rebuild").orElseThrow();

    assertThat(taken.payload()).isEqualTo(new byte[] {1, 2, 3});
    assertThat(taken.job().id()).isEqualTo("j-2");
    assertThat(taken.job().state()).isEqualTo(State.RUNNING);
    assertThat(taken.job().attempts()).isEqualTo(1);
    assertThat(taken.job().startedAt()).contains(clock.now());
    assertThat(find("j-2")).isEqualTo(taken.job());
    assertThat(take("me", "rebuild")).isEmpty();
    assertThat(store.jobs().take("me", List.of(), clock.now(), LEASE)).isEmpty();
  }

  @Test
  void a_job_is_taken_by_one_owner_only() throws Exception {
    for (int i = 0; i < 20; i++) start("j-" + i, "import");

    List<Future<Integer>> counts;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      counts = threads.invokeAll(IntStream.range(0, 4).mapToObj(this::takingAll).toList());
    }

    int sum = 0;
    for (Future<Integer> count : counts) sum += count.get();
    assertThat(sum).isEqualTo(20);
  }

  private Callable<Integer> takingAll(int owner) {
    return () -> {
      int taken = 0;
      while (take("owner-" + owner, "import").isPresent()) taken++;
      return taken;
    };
  }

  @Test
  void a_job_whose_lease_ran_out_is_taken_by_another() {
    start("j-1", "import");
    take("me", "import");
    Instant noon = clock.now();

    clock.advance(LEASE.minusMillis(1));
    assertThat(take("you", "import")).isEmpty();
    clock.advance(Duration.ofMillis(1));
    Job taken = take("you", "import").orElseThrow().job();

    assertThat(taken.attempts()).isEqualTo(2);
    assertThat(taken.startedAt()).contains(noon);
    assertThat(store.jobs().progress("me", "j-1", NOTHING, clock.now().plus(LEASE))).isFalse();
    store.jobs().finish("me", "j-1", State.COMPLETED, NOTHING, clock.now());
    assertThat(find("j-1").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void progress_is_seen_and_keeps_the_lease() {
    start("j-1", "import");
    take("me", "import");
    clock.advance(Duration.ofSeconds(20));
    var problem = new Problem(3, "boots", "product", "attributes must be an object");
    var halfway = new Progress(100, 50, 49, 1, List.of(problem));

    assertThat(store.jobs().progress("me", "j-1", halfway, clock.now().plus(LEASE))).isTrue();

    clock.advance(Duration.ofSeconds(20));
    assertThat(take("you", "import")).isEmpty();
    Job job = find("j-1");
    assertThat(job.total()).isEqualTo(100);
    assertThat(job.processed()).isEqualTo(50);
    assertThat(job.successful()).isEqualTo(49);
    assertThat(job.failed()).isEqualTo(1);
    assertThat(job.errors()).containsExactly(problem);
  }

  @Test
  void an_owner_that_was_late_goes_on_if_nobody_has_taken_over() {
    start("j-1", "import");
    take("me", "import");
    clock.advance(LEASE.multipliedBy(2));

    assertThat(store.jobs().progress("me", "j-1", NOTHING, clock.now().plus(LEASE))).isTrue();
    assertThat(take("you", "import")).isEmpty();
  }

  @Test
  void an_owner_can_hand_a_job_back() {
    start("j-1", "import");
    take("me", "import");
    store.jobs().progress("me", "j-1", NOTHING, clock.now());

    assertThat(take("you", "import").orElseThrow().job().attempts()).isEqualTo(2);
  }

  @Test
  void a_finished_job_stays_as_it_ended() {
    start("j-1", "import");
    take("me", "import");
    var all = new Progress(10, 10, 9, 1, List.of(new Problem(1, "a", "b", "c")));
    clock.advance(Duration.ofSeconds(5));

    store.jobs().finish("me", "j-1", State.PARTIALLY_COMPLETED, all, clock.now());

    Job job = find("j-1");
    assertThat(job.state()).isEqualTo(State.PARTIALLY_COMPLETED);
    assertThat(job.finishedAt()).contains(clock.now());
    assertThat(job.successful()).isEqualTo(9);
    assertThat(job.errors()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    assertThat(take("me", "import")).isEmpty();
    assertThat(store.jobs().progress("me", "j-1", NOTHING, clock.now())).isFalse();
    store.jobs().finish("me", "j-1", State.FAILED, NOTHING, clock.now());
    assertThat(find("j-1")).isEqualTo(job);
  }

  @Test
  void a_job_that_has_not_begun_is_cancelled_at_once() {
    start("j-1", "import");
    Instant at = clock.now().plusSeconds(1);

    Job cancelled = shop.keep(JobStored.class, new Change.CancelJob("j-1", at)).job();

    assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.finishedAt()).contains(at);
    assertThat(find("j-1")).isEqualTo(cancelled);
    assertThat(take("me", "import")).isEmpty();
  }

  @Test
  void a_running_job_is_asked_to_stop() {
    start("j-1", "import");
    take("me", "import");

    Job asked = shop.keep(JobStored.class, new Change.CancelJob("j-1", clock.now())).job();

    assertThat(asked.state()).isEqualTo(State.RUNNING);
    assertThat(asked.cancelRequested()).isTrue();
    var some = new Progress(10, 4, 4, 0, List.of());
    assertThat(store.jobs().progress("me", "j-1", some, clock.now().plus(LEASE))).isFalse();
    assertThat(find("j-1").processed()).isEqualTo(4);
    store.jobs().finish("me", "j-1", State.CANCELLED, some, clock.now());
    assertThat(find("j-1").state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void only_a_tenants_own_unfinished_job_can_be_cancelled() {
    start("j-1", "import");
    var cancel = new Change.CancelJob("j-1", clock.now());

    assertThat(shop("other").refusal(cancel).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(shop.refusal(new Change.CancelJob("j-9", clock.now())).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    shop.keep(JobStored.class, cancel);
    assertThat(shop.refusal(cancel).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void pruning_removes_what_ended_long_ago() {
    start("j-1", "import");
    start("j-2", "import");
    start("j-3", "import");
    end("j-1");
    clock.advance(Duration.ofDays(1));
    end("j-2");

    assertThat(store.jobs().prune(clock.now())).isEqualTo(1);

    assertThat(store.jobs().newest(shop.tenant(), 10))
        .extracting(Job::id)
        .containsExactly("j-3", "j-2");
  }

  private void end(String jobId) {
    assertThat(take("me", "import").orElseThrow().job().id()).isEqualTo(jobId);
    store.jobs().finish("me", jobId, State.COMPLETED, NOTHING, clock.now());
  }

  private JobStored start(String id, String kind) {
    return shop.keep(
        JobStored.class, new Change.StartJob(new Job.Draft(id, kind, new byte[] {1, 2, 3})));
  }

  private Optional<Leased> take(String owner, String... kinds) {
    return store.jobs().take(owner, List.of(kinds), clock.now(), LEASE);
  }

  private Job find(String jobId) {
    return store.jobs().find(shop.tenant(), jobId).orElseThrow();
  }
}
