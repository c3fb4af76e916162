package dev.kindred.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.collect.GroupCommit.Limits;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.store.EventLog;
import dev.kindred.store.EventLog.Appended;
import dev.kindred.store.Shop;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GroupCommitTest {

  private static final TenantId SHOP = new TenantId("shop");

  private final MemoryStore store = new MemoryStore(SettableClock.atNoon());
  private final GatedLog log = new GatedLog(store.log());
  private final Tail tail = new Tail(log);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private GroupCommit commit = start(Limits.DEFAULT);

  @AfterEach
  void close() {
    log.open();
    commit.close();
    callers.close();
  }

  @Test
  void a_submission_is_kept_before_its_caller_goes_on() {
    Receipt receipt = commit.keep(putting("ann"));

    assertThat(receipt.position()).isEqualTo(1);
    assertThat(store.tenant(SHOP).users().find(new UserId("ann"))).isPresent();
  }

  @Test
  void submissions_that_come_during_a_transaction_share_the_next_one() throws Exception {
    log.shut();
    Future<Receipt> first = callers.submit(() -> commit.keep(putting("first")));
    until(() -> log.batches.size() == 1);
    List<Future<Receipt>> others = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String user = "u" + i;
      others.add(callers.submit(() -> commit.keep(putting(user))));
    }
    until(() -> commit.waitingBytes() == 51 * bytesOf(1));

    log.open();

    assertThat(first.get().position()).isEqualTo(1);
    List<Long> positions = new ArrayList<>();
    for (Future<Receipt> other : others) positions.add(other.get().position());
    assertThat(positions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, 51).boxed().toList());
    assertThat(log.batches).containsExactly(1, 50);
    assertThat(commit.batches()).isEqualTo(2);
    assertThat(commit.submissions()).isEqualTo(51);
    assertThat(commit.waitingBytes()).isZero();
  }

  @Test
  void a_transaction_has_a_bound_but_takes_at_least_one_submission() throws Exception {
    restart(new Limits(1 << 20, 3, 1 << 20));
    log.shut();
    Future<Receipt> first = callers.submit(() -> commit.keep(putting("a", "b", "c", "d", "e")));
    until(() -> log.batches.size() == 1);
    List<Future<Receipt>> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(callers.submit(() -> commit.keep(putting("x", "y"))));
    }
    until(() -> commit.waitingBytes() == bytesOf(5) + 4 * bytesOf(2));

    log.open();

    first.get();
    for (Future<Receipt> other : others) other.get();
    assertThat(log.batches).containsExactly(1, 1, 1, 1, 1);
  }

  @Test
  void a_full_queue_turns_callers_away_at_once() throws Exception {
    restart(new Limits(2 * bytesOf(1), 100, 1 << 20));
    log.shut();
    Future<Receipt> first = callers.submit(() -> commit.keep(putting("first")));
    until(() -> log.batches.size() == 1);
    Future<Receipt> second = callers.submit(() -> commit.keep(putting("second")));
    until(() -> commit.waitingBytes() == 2 * bytesOf(1));

    assertThatThrownBy(() -> commit.keep(putting("third")))
        .isInstanceOf(Unavailable.class)
        .extracting(refusal -> ((KindredException) refusal).code())
        .isEqualTo(ErrorCode.OVERLOADED);

    log.open();
    first.get();
    second.get();
    assertThat(commit.keep(putting("third")).position()).isEqualTo(3);
  }

  @Test
  void a_submission_that_is_larger_than_the_queue_fits_when_nothing_else_waits() {
    restart(new Limits(1, 1, 1));

    assertThat(commit.keep(putting("a", "b", "c")).position()).isEqualTo(3);
  }

  @Test
  void when_the_database_is_out_of_reach_all_callers_of_the_batch_are_told() throws Exception {
    log.shut();
    Future<Receipt> first = callers.submit(() -> commit.keep(putting("first")));
    until(() -> log.batches.size() == 1);
    Future<Receipt> second = callers.submit(() -> commit.keep(putting("second")));
    Future<Receipt> third = callers.submit(() -> commit.keep(putting("third")));
    until(() -> commit.waitingBytes() == 3 * bytesOf(1));
    log.failing =
        batch -> batch.size() > 1 ? Optional.of(Unavailable.database()) : Optional.empty();

    log.open();

    assertThat(first.get().position()).isEqualTo(1);
    for (Future<Receipt> failed : List.of(second, third)) {
      assertThatThrownBy(failed::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(Unavailable.class);
    }
    log.failing = _ -> Optional.empty();
    assertThat(commit.keep(putting("later")).position()).isEqualTo(2);
  }

  @Test
  void a_submission_that_breaks_its_transaction_does_not_harm_the_others() throws Exception {
    log.shut();
    Future<Receipt> first = callers.submit(() -> commit.keep(putting("first")));
    until(() -> log.batches.size() == 1);
    List<Future<Receipt>> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Submission submission = i == 7 ? breaking() : putting("u" + i);
      others.add(callers.submit(() -> commit.keep(submission)));
    }
    until(() -> commit.waitingBytes() >= 20 * bytesOf(1));

    log.open();

    first.get();
    int failures = 0;
    for (Future<Receipt> other : others) {
      try {
        assertThat(other.get().outcomes().getFirst()).isInstanceOf(Outcome.UserStored.class);
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseMessage("the edit has a bug");
        failures++;
      }
    }
    assertThat(failures).isEqualTo(1);
    assertThat(store.log().head()).isEqualTo(1 + 1 + 19);
  }

  @Test
  void followers_know_an_event_before_its_caller_goes_on() throws Exception {
    List<Long> seen = new ArrayList<>();
    tail.tell(events -> events.forEach(event -> seen.add(event.position())), 0);
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String user = "u" + i;
      writing.add(
          callers.submit(() -> {
            for (int n = 0; n < 50; n++) {
              long position = commit.keep(putting(user)).position();
              assertThat(tail.position()).isGreaterThanOrEqualTo(position);
            }
          }));
    }
    for (Future<?> each : writing) each.get();

    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  @Test
  void closing_writes_what_waits_and_turns_others_away() throws Exception {
    log.shut();
    List<Future<Receipt>> kept = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String user = "u" + i;
      kept.add(callers.submit(() -> commit.keep(putting(user))));
    }
    until(() -> commit.waitingBytes() == 10 * bytesOf(1));
    Future<?> closing = callers.submit(commit::close);
    until(commit::isClosed);

    assertThat(closing.isDone()).isFalse();
    log.open();

    closing.get();
    for (Future<Receipt> each : kept) assertThat(each.get().outcomes()).hasSize(1);
    assertThat(store.log().head()).isEqualTo(10);
  }

  @Test
  void after_closing_callers_are_turned_away() {
    commit.close();
    commit.close();

    assertThatThrownBy(() -> commit.keep(putting("ann")))
        .isInstanceOf(Unavailable.class)
        .extracting(refusal -> ((KindredException) refusal).code())
        .isEqualTo(ErrorCode.SHUTTING_DOWN);
  }

  @Test
  void an_interrupt_does_not_lose_what_was_handed_over() throws Exception {
    log.shut();
    List<Object> seen = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              seen.add(commit.keep(putting("ann")).position());
              seen.add(Thread.currentThread().isInterrupted());
            });
    until(() -> log.batches.size() == 1);

    caller.interrupt();
    log.open();
    caller.join();

    assertThat(seen).containsExactly(1L, true);
  }

  @Test
  void callers_who_are_woken_for_other_reasons_all_get_their_receipts() throws Exception {
    List<Thread> writing = new ArrayList<>();
    List<Long> positions = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 32; i++) {
      String user = "u" + i;
      writing.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 100; n++) {
                  positions.add(commit.keep(putting(user)).position());
                }
              }));
    }
    while (writing.stream().anyMatch(Thread::isAlive)) writing.forEach(LockSupport::unpark);

    assertThat(positions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 3_200).boxed().toList());
  }

  @Test
  void nobody_is_told_before_it_is_durable_and_the_next_transaction_does_not_wait_for_that()
      throws Exception {
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    tail.tell(events -> events.forEach(event -> told.add(event.position())), 0);
    log.settling.drainPermits();
    List<Future<Receipt>> both = keepOneAfterTheOther();

    assertThat(told).isEmpty();
    assertThat(both).noneMatch(Future::isDone);
    log.settling.release(2);
    assertThat(both.getFirst().get().position()).isEqualTo(1);
    assertThat(both.getLast().get().position()).isEqualTo(2);
    assertThat(told).containsExactly(1L, 2L);
  }

  @Test
  void where_the_disk_fails_callers_hear_of_it_and_followers_of_nothing() {
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    tail.tell(events -> events.forEach(event -> told.add(event.position())), 0);
    log.settleFailure = Optional.of(Unavailable.database());

    assertThatThrownBy(() -> commit.keep(putting("ann"))).isInstanceOf(Unavailable.class);

    assertThat(told).isEmpty();
    assertThat(commit.waitingBytes()).isZero();
  }

  @Test
  void the_next_transaction_does_not_wait_until_everybody_knows_of_the_one_before()
      throws Exception {
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    Semaphore listening = new Semaphore(0);
    tail.tell(
        events -> {
          listening.acquireUninterruptibly();
          events.forEach(event -> told.add(event.position()));
        },
        0);
    List<Future<Receipt>> both = keepOneAfterTheOther();

    assertThat(both).noneMatch(Future::isDone);
    listening.release(2);
    assertThat(both.getFirst().get().position()).isEqualTo(1);
    assertThat(both.getLast().get().position()).isEqualTo(2);
    assertThat(told).containsExactly(1L, 2L);
  }

  /** Two that are committed in a transaction each, both of them when this returns. */
  private List<Future<Receipt>> keepOneAfterTheOther() {
    log.shut();
    Future<Receipt> first = callers.submit(() -> commit.keep(putting("first")));
    until(() -> log.batches.size() == 1);
    Future<Receipt> second = callers.submit(() -> commit.keep(putting("second")));
    until(() -> commit.waitingBytes() == 2 * bytesOf(1));

    log.open();
    until(() -> store.log().head() == 2);
    return List.of(first, second);
  }

  private void restart(Limits limits) {
    commit.close();
    commit = start(limits);
  }

  private GroupCommit start(Limits limits) {
    return GroupCommit.start(log, tail, limits, Thread.ofPlatform().name("writer").factory());
  }

  private static Submission putting(String... users) {
    List<Change> changes = new ArrayList<>();
    for (String user : users) changes.add(new Change.PutUser(new UserId(user), JsonObject.EMPTY));
    return new Submission(SHOP, changes, Optional.empty());
  }

  private Submission breaking() {
    var boots = EntityKey.of("product", "boots");
    store
        .log()
        .append(
            List.of(
                Submission.of(
                    SHOP, new Change.PutEntity(Shop.draft(boots, "{}"), Change.PutMode.UPSERT))));
    return Submission.of(
        SHOP,
        new Change.EditEntity(
            boots,
            _ -> {
              throw new IllegalStateException("the edit has a bug");
            }));
  }

  private static long bytesOf(int changes) {
    return SubmissionSize.bytesOf(
        putting(Collections.nCopies(changes, "ann").toArray(String[]::new)));
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) Thread.onSpinWait();
  }

  /** A log whose appends can be held up and made to fail. */
  private static final class GatedLog implements EventLog {

    private final EventLog log;
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    volatile Function<List<Submission>, Optional<RuntimeException>> failing = _ -> Optional.empty();

    GatedLog(EventLog log) {
      this.log = log;
    }

    final Semaphore settling = new Semaphore(Integer.MAX_VALUE / 2);
    volatile Optional<RuntimeException> settleFailure = Optional.empty();

    void shut() {
      gate.drainPermits();
    }

    void open() {
      gate.release(Integer.MAX_VALUE / 4);
    }

    @Override
    public Appended extend(List<Submission> submissions) {
      batches.add(submissions.size());
      gate.acquireUninterruptibly();
      Optional<RuntimeException> failure = failing.apply(submissions);
      if (failure.isPresent()) throw failure.get();
      return log.extend(submissions);
    }

    @Override
    public void settle(long position) {
      settling.acquireUninterruptibly();
      if (settleFailure.isPresent()) throw settleFailure.get();
    }

    @Override
    public long head() {
      return log.head();
    }

    @Override
    public long read(long after, int limit, Consumer<Event> reader) {
      return log.read(after, limit, reader);
    }
  }
}
