package dev.kindred.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.Change;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.store.EventLog;
import dev.kindred.store.EventLog.Appended;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TailTest {

  private static final TenantId SHOP = new TenantId("shop");

  private final MemoryStore store = new MemoryStore(SettableClock.atNoon());
  private final FlakyLog log = new FlakyLog(store.log());
  private final Tail tail = new Tail(log);
  private final List<Long> seen = new ArrayList<>();
  private final Follower follower = events -> events.forEach(event -> seen.add(event.position()));

  @Test
  void a_follower_is_told_what_there_is_and_then_what_comes() {
    write(3);
    tail.tell(follower, 1);
    assertThat(seen).containsExactly(2L, 3L);
    assertThat(tail.position()).isEqualTo(3);

    tail.appended(write(2));

    assertThat(seen).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void more_events_than_fit_in_one_read_come_in_order() {
    write(2_500);

    tail.tell(follower, 0);
    write(2_500);
    tail.poll();

    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 5_000).boxed().toList());
  }

  @Test
  void events_of_other_replicas_come_in_between_in_their_place() {
    tail.tell(follower, 0);
    write(1);
    tail.poll();
    write(1); // another replica's
    tail.appended(write(1)); // our own

    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @Test
  void what_this_replica_has_appended_is_not_read_back() {
    tail.tell(follower, 0);
    int reads = log.reads;

    for (int i = 0; i < 3; i++) tail.appended(write(1));

    assertThat(seen).containsExactly(1L, 2L, 3L);
    assertThat(tail.position()).isEqualTo(3);
    assertThat(log.reads).isEqualTo(reads);
  }

  @Test
  void what_a_poll_has_found_is_not_told_again() {
    tail.tell(follower, 0);
    Appended appended = write(1);
    tail.poll();

    tail.appended(appended);

    assertThat(seen).containsExactly(1L);
  }

  @Test
  void erased_events_are_passed_over() {
    write(1_500);
    store.log().append(List.of(Submission.of(SHOP, new Change.EraseUser(new UserId("ann")))));

    tail.tell(follower, 0);

    assertThat(seen).containsExactly(1_501L);
    assertThat(tail.position()).isEqualTo(1_501);
  }

  @Test
  void nothing_is_read_for_nobody() {
    tail.appended(write(4));

    assertThat(tail.position()).isEqualTo(4);
    assertThat(log.reads).isZero();

    write(1);
    tail.poll();
    assertThat(tail.position()).isEqualTo(5);
    assertThat(log.reads).isZero();
  }

  @Test
  void nothing_is_read_when_nothing_was_appended() {
    tail.tell(follower, 0);
    Appended appended = write(1);
    tail.appended(appended);
    int reads = log.reads;

    tail.appended(appended);

    assertThat(log.reads).isEqualTo(reads);
  }

  @Test
  void a_follower_that_throws_does_not_harm_the_others() {
    List<Long> told = new ArrayList<>();
    tail.tell(
        events -> {
          for (Event event : events) told.add(event.position());
          if (events.getFirst().position() == 1) throw new AssertionError("a worse bug");
          throw new IllegalStateException("a bug");
        },
        0);
    tail.tell(follower, 0);

    tail.appended(write(1));
    tail.appended(write(1));

    assertThat(seen).containsExactly(1L, 2L);
    assertThat(told).containsExactly(1L, 2L);
    assertThat(tail.position()).isEqualTo(2);
  }

  @Test
  void when_the_log_is_out_of_reach_the_next_poll_catches_up() {
    tail.tell(follower, 0);
    write(1); // another replica's
    Appended appended = write(1);
    log.isOutOfReach = true;
    tail.appended(appended);
    tail.poll();
    assertThat(tail.position()).isZero();

    log.isOutOfReach = false;
    tail.poll();

    assertThat(seen).containsExactly(1L, 2L);
    assertThat(tail.position()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_followed_yet_is_counted_as_lag() {
    tail.tell(follower, 0);
    write(3);
    log.isUnreadable = true;
    tail.poll();
    assertThat(tail.lag()).isEqualTo(3);

    log.isUnreadable = false;
    tail.poll();

    assertThat(tail.lag()).isZero();
  }

  @Test
  void a_position_that_is_there_is_not_waited_for() throws Exception {
    write(1);
    tail.awaitPosition(1, Duration.ZERO);

    assertThat(tail.position()).isEqualTo(1);
  }

  @Test
  void a_position_that_does_not_come_in_time_is_not_visible() {
    write(1);

    assertThatThrownBy(() -> tail.awaitPosition(2, Duration.ZERO))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("this replica has seen 1");
  }

  @Test
  void whoever_waits_for_a_position_goes_on_when_it_comes() throws Exception {
    var begun = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> waiting =
          threads.submit(() -> {
            begun.countDown();
            tail.awaitPosition(2, Duration.ofSeconds(20));
            return tail.position();
          });
      begun.await();
      write(1);
      tail.poll();
      tail.appended(write(1));

      assertThat(waiting.get()).isGreaterThanOrEqualTo(2);
    }
  }

  /** Appends an event after the other; returns what the last append has done. */
  private Appended write(int events) {
    var change = new Change.PutUser(new UserId("ann"), JsonObject.EMPTY);
    List<Submission> submissions = List.of(Submission.of(SHOP, change));
    for (int i = 1; i < events; i++) store.log().append(submissions);
    return store.log().extend(submissions);
  }

  /** A log that counts its readers and can be out of reach. */
  private static final class FlakyLog implements EventLog {

    private final EventLog log;
    int reads;
    boolean isOutOfReach;
    boolean isUnreadable;

    FlakyLog(EventLog log) {
      this.log = log;
    }

    @Override
    public Appended extend(List<Submission> submissions) {
      return log.extend(submissions);
    }

    @Override
    public long head() {
      if (isOutOfReach) throw Unavailable.database();
      return log.head();
    }

    @Override
    public long read(long after, int limit, Consumer<Event> reader) {
      if (isOutOfReach || isUnreadable) throw Unavailable.database();
      reads++;
      return log.read(after, limit, reader);
    }
  }
}
