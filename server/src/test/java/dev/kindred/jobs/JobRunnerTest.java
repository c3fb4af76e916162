package dev.kindred.jobs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.jobs.JobRunner.Settings;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class JobRunnerTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final SettableClock clock = SettableClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void a_job_is_done_with_what_it_was_started_with() {
    start("j-1", "import");
    start("j-2", "unknown");

    inline(Map.of("import", run -> done.add(run.job().id() + " " + run.payload()[0]))).tick();

    assertThat(done).containsExactly("j-1 7");
    assertThat(find("j-1").state()).isEqualTo(State.COMPLETED);
    assertThat(find("j-1").finishedAt()).contains(clock.now());
    assertThat(find("j-2").state()).isEqualTo(State.QUEUED);
  }

  @Test
  void how_a_job_ended_follows_from_its_last_report() {
    start("all", "import");
    start("some", "import");
    start("none", "import");
    Map<String, Progress> reports =
        Map.of(
            "all", new Progress(4, 4, 4, 0, List.of()),
            "some", new Progress(4, 4, 3, 1, List.of(new Problem(2, "a", "b", "c"))),
            "none", new Progress(4, 4, 0, 4, List.of()));

    inline(Map.of("import", run -> run.report(requireNonNull(reports.get(run.job().id()))))).tick();

    assertThat(find("all").state()).isEqualTo(State.COMPLETED);
    assertThat(find("some").state()).isEqualTo(State.PARTIALLY_COMPLETED);
    assertThat(find("some").errors()).hasSize(1);
    assertThat(find("none").state()).isEqualTo(State.FAILED);
  }

  @Test
  void a_tick_writes_down_how_far_a_job_is_and_renews_its_lease() throws Exception {
    var reported = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    start("j-1", "import");
    JobRunner runner =
        runner(
            "me",
            Map.of(
                "import",
                run -> {
                  run.report(new Progress(10, 4, 4, 0, List.of()));
                  reported.countDown();
                  goOn.await();
                }));
    runner.tick();
    reported.await();

    clock.advance(LEASE.minusSeconds(1));
    runner.tick();

    assertThat(find("j-1").processed()).isEqualTo(4);
    clock.advance(LEASE.minusSeconds(1));
    assertThat(store.jobs().take("you", List.of("import"), clock.now(), LEASE)).isEmpty();
    goOn.countDown();
    until(() -> runner.running() == 0);
    assertThat(find("j-1").state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void only_so_many_run_at_once_and_the_next_begins_when_one_is_done() throws Exception {
    var goOn = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) start("j-" + i, "import");
    JobRunner runner = runner("me", Map.of("import", _ -> goOn.await()));

    runner.tick();
    runner.tick();

    assertThat(runner.running()).isEqualTo(2);
    assertThat(find("j-2").state()).isEqualTo(State.QUEUED);
    goOn.countDown();
    until(() -> runner.running() == 0);
    runner.tick();
    until(() -> find("j-2").state() == State.COMPLETED);
  }

  @Test
  void a_job_that_is_cancelled_stops_at_its_next_report() throws Exception {
    var begun = new CountDownLatch(1);
    start("j-1", "import");
    JobRunner runner =
        runner(
            "me",
            Map.of(
                "import",
                run -> {
                  begun.countDown();
                  for (long row = 1; ; row++) run.report(new Progress(0, row, row, 0, List.of()));
                }));
    runner.tick();
    begun.await();

    append(new Change.CancelJob("j-1", clock.now()));
    runner.tick();

    until(() -> runner.running() == 0);
    assertThat(find("j-1").state()).isEqualTo(State.CANCELLED);
    assertThat(find("j-1").processed()).isPositive();
  }

  @Test
  void a_job_that_another_replica_has_taken_is_let_go() throws Exception {
    var begun = new CountDownLatch(1);
    start("j-1", "import");
    JobRunner runner =
        runner(
            "me",
            Map.of(
                "import",
                run -> {
                  begun.countDown();
                  while (true) run.goOn();
                }));
    runner.tick();
    begun.await();

    clock.advance(LEASE);
    assertThat(store.jobs().take("you", List.of("import"), clock.now(), LEASE)).isPresent();
    runner.tick();

    until(() -> runner.running() == 0);
    assertThat(find("j-1").state()).isEqualTo(State.RUNNING);
    assertThat(find("j-1").attempts()).isEqualTo(2);
  }

  @Test
  void a_job_that_fails_is_tried_again_later_and_later_and_then_given_up() {
    start("j-1", "import");
    JobRunner runner =
        inline(
            Map.of(
                "import",
                run -> {
                  done.add("attempt " + run.job().attempts());
                  throw new IllegalStateException("a bug");
                }));

    runner.tick();
    runner.tick();
    assertThat(done).containsExactly("attempt 1");
    clock.advance(Duration.ofSeconds(10));
    runner.tick();
    clock.advance(Duration.ofSeconds(10));
    runner.tick();
    assertThat(done).containsExactly("attempt 1", "attempt 2");
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(15));
      runner.tick();
    }

    assertThat(done).hasSize(5);
    assertThat(find("j-1").state()).isEqualTo(State.FAILED);
    assertThat(find("j-1").errors())
        .containsExactly(new Problem(-1, "", "", "given up after 5 attempts"));
  }

  @Test
  void an_error_in_the_work_is_a_failure_like_any_other() {
    start("j-1", "import");
    JobRunner runner =
        inline(
            Map.of(
                "import",
                _ -> {
                  throw new StackOverflowError();
                }));

    runner.tick();

    assertThat(runner.running()).isZero();
    assertThat(find("j-1").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void a_job_for_which_there_is_no_thread_is_left_to_others() {
    start("j-1", "import");
    threads.shutdown();
    JobRunner runner = runner("me", Map.of("import", run -> done.add(run.job().id())));

    runner.tick();

    assertThat(runner.running()).isZero();
    assertThat(store.jobs().take("you", List.of("import"), clock.now(), LEASE)).isPresent();
  }

  @Test
  void a_job_whose_replicas_keep_dying_is_given_up() {
    start("j-1", "import");
    for (int i = 0; i < 5; i++) {
      assertThat(store.jobs().take("you", List.of("import"), clock.now(), LEASE)).isPresent();
      clock.advance(LEASE);
    }

    inline(Map.of("import", run -> done.add(run.job().id()))).tick();

    assertThat(done).isEmpty();
    assertThat(find("j-1").state()).isEqualTo(State.FAILED);
  }

  @Test
  void a_refusal_fails_a_job_at_once_and_says_why() {
    start("j-1", "import");

    inline(
            Map.of(
                "import",
                _ -> {
                  throw new InvalidRequest("the file is empty");
                }))
        .tick();

    assertThat(find("j-1").state()).isEqualTo(State.FAILED);
    assertThat(find("j-1").errors()).containsExactly(new Problem(-1, "", "", "the file is empty"));
  }

  @Test
  void a_database_that_is_out_of_reach_is_no_reason_to_fail() {
    start("j-1", "import");

    inline(
            Map.of(
                "import",
                _ -> {
                  throw Unavailable.database();
                }))
        .tick();

    assertThat(find("j-1").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void a_cancelled_job_of_a_dead_replica_is_ended() {
    start("j-1", "import");
    store.jobs().take("you", List.of("import"), clock.now(), LEASE);
    append(new Change.CancelJob("j-1", clock.now()));
    clock.advance(LEASE);

    inline(Map.of("import", run -> done.add(run.job().id()))).tick();

    assertThat(done).isEmpty();
    assertThat(find("j-1").state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void closing_stops_the_work_and_hands_the_job_back() throws Exception {
    var begun = new CountDownLatch(1);
    start("j-1", "import");
    JobRunner runner =
        runner(
            "me",
            Map.of(
                "import",
                run -> {
                  begun.countDown();
                  while (true) run.goOn();
                }));
    runner.tick();
    begun.await();

    runner.close();

    assertThat(runner.running()).isZero();
    assertThat(store.jobs().take("you", List.of("import"), clock.now(), LEASE)).isPresent();
    start("j-2", "import");
    runner.tick();
    assertThat(find("j-2").state()).isEqualTo(State.QUEUED);
  }

  @Test
  void history_is_cleared_away_after_a_while() {
    start("j-1", "import");
    JobRunner runner = inline(Map.of("import", _ -> {}));
    runner.tick();
    clock.advance(Duration.ofDays(6));
    runner.tick();
    assertThat(store.jobs().find(SHOP, "j-1")).isPresent();

    clock.advance(Duration.ofDays(2));
    runner.tick();

    assertThat(store.jobs().find(SHOP, "j-1")).isEmpty();
  }

  /** A runner that does the work where it ticks. */
  private JobRunner inline(Map<String, JobWork> works) {
    return new JobRunner(store.jobs(), works, Settings.of("me"), clock, Runnable::run);
  }

  private JobRunner runner(String owner, Map<String, JobWork> works) {
    return new JobRunner(store.jobs(), works, Settings.of(owner), clock, threads);
  }

  private void start(String id, String kind) {
    append(new Change.StartJob(new Job.Draft(id, kind, new byte[] {7})));
  }

  private void append(Change change) {
    store.log().append(List.of(Submission.of(SHOP, change)));
  }

  private Job find(String id) {
    return store.jobs().find(SHOP, id).orElseThrow();
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) Thread.onSpinWait();
  }
}
