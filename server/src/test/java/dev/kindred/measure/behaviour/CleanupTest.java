package dev.kindred.measure.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.TestServices;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.Between;
import dev.kindred.store.Store;
import dev.kindred.testing.SettableClock;
import dev.kindred.testing.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Taking out what is too old, with a database that takes as long as the test says. */
class CleanupTest {

  private static final TenantId TENANT = new TenantId("cinema");
  private static final int OLD = 2_000;
  private static final int YOUNG = 500;
  private static final int DAYS = 90;

  @Nested
  final class InMemory extends Contract {
    InMemory() {
      super(TestStore.memory());
    }
  }

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(TestStore.sqlite());
    }
  }

  @Nested
  @Tag(TestServices.TAG)
  final class OnPostgresql extends Contract {
    OnPostgresql() {
      super(TestStore.postgresql());
    }
  }

  abstract static class Contract {
    @AutoClose private final TestStore place;
    private final SettableClock clock = SettableClock.atNoon();
    private final long seed = Long.getLong("kindred.seed", System.nanoTime());
    private final RandomGenerator random = new SplittableRandom(seed);
    private Store store;
    private Behaviours behaviours;

    Contract(TestStore place) {
      this.place = place;
    }

    @BeforeEach
    void fill() {
      store = place.open(clock);
      behaviours = new Behaviours(store, clock);
      behaviours.load();
      var changes = new ArrayList<Change>();
      for (int i = 0; i < OLD + YOUNG; i++) {
        // Mixed, so that no stretch of the log has old ones only.
        changes.add(behaviour(i % (1 + OLD / YOUNG) == 0 ? 10 : DAYS + 10));
      }
      keep(changes);
    }

    @AfterEach
    void close() {
      store.close();
    }

    @Test
    void with_a_slow_database_fewer_and_fewer_are_taken_out_at_once() throws Exception {
      List<Long> steps = steps(Duration.ofMillis(1));
      assertThat(steps).startsWith((long) CleanupPace.FIRST, CleanupPace.FIRST / 2L);
      assertThat(steps.subList(2, steps.size() - 1)).containsOnly((long) CleanupPace.LEAST);
      assertThat(steps).isSortedAccordingTo((one, next) -> Long.compare(next, one));
      requireAllGone();
    }

    @Test
    void with_a_fast_database_more_and_more_are_taken_out_at_once() throws Exception {
      List<Long> steps = steps(Duration.ofNanos(10));
      assertThat(steps.subList(0, steps.size() - 1))
          .startsWith(64L, 128L, 256L, 512L)
          .isSorted()
          .allSatisfy(step -> assertThat(step).isLessThanOrEqualTo(CleanupPace.MOST));
      requireAllGone();
    }

    @Test
    void writers_get_as_much_time_between_steps_as_these_take() throws Exception {
      var pauses = new ArrayList<Duration>();
      var nanos = new long[1];
      var cleanup =
          new Cleanup(
              store, this::keep, clock, _ -> DAYS, () -> nanos[0] += 1_000_000, pauses::add);
      cleanup.run(TENANT, (_, _, _) -> {});
      assertThat(pauses).containsOnly(Duration.ofMillis(1)).hasSizeGreaterThan(5);
    }

    @Test
    void a_run_that_is_cut_off_again_and_again_leaves_nothing_out_and_does_nothing_twice() {
      var cleanup =
          new Cleanup(
              store,
              this::keep,
              clock,
              _ -> DAYS,
              new Slow()::nanos,
              _ -> {
                if (random.nextInt(10) == 0) throw new InterruptedException("cut off");
              });
      int runs = 1;
      while (!isDone(cleanup)) runs++;
      assertThat(runs).as("seed %d", seed).isGreaterThan(1);
      requireAllGone();
    }

    @Test
    void what_happens_between_two_steps_is_kept_and_counted() throws Exception {
      var cleanup =
          new Cleanup(
              store,
              this::keep,
              clock,
              _ -> DAYS,
              new Slow()::nanos,
              _ -> {
                if (random.nextInt(5) > 0) return;
                keep(List.of(behaviour(10), behaviour(DAYS + 10)));
                if (random.nextInt(4) > 0) return;
                String merge = "m" + store.log().head();
                keep(List.of(new Change.MergeUsers(merge, user(1), user(2))));
                if (random.nextBoolean()) keep(List.of(new Change.UndoMerge(merge)));
              });
      cleanup.run(TENANT, (_, _, _) -> {});
      cleanup.run(TENANT, (_, _, _) -> {});
      assertThat(Verification.of(store, behaviours, TENANT).differences())
          .as("seed %d", seed)
          .isEmpty();
      var afresh = new Behaviours(store, clock);
      afresh.load();
      assertThat(afresh.extent(TENANT)).as("seed %d", seed).isEqualTo(behaviours.extent(TENANT));
    }

    @Test
    void somebody_who_is_told_how_far_it_is_may_stop_it() {
      var cleanup = new Cleanup(store, this::keep, clock, _ -> DAYS, () -> 0, _ -> {});
      assertThatThrownBy(() ->
              cleanup.run(
                  TENANT,
                  (_, _, folded) -> {
                    if (folded > 100) throw new IllegalStateException("enough");
                  }))
          .hasMessage("enough");
      assertThat(inSums()).isBetween(101L, OLD - 1L);
    }

    private List<Long> steps(Duration each) throws InterruptedException {
      var steps = new ArrayList<Long>();
      long[] seen = new long[1];
      var cleanup =
          new Cleanup(
              store,
              this::keep,
              clock,
              _ -> DAYS,
              new Slow(each)::nanos,
              _ -> {
                long now = inSums();
                if (now > seen[0]) steps.add(now - seen[0]);
                seen[0] = now;
              });
      assertThat(cleanup.run(TENANT, (_, _, _) -> {})).isEqualTo(OLD);
      assertThat(steps.stream().mapToLong(Long::longValue).sum()).isEqualTo(OLD);
      return steps;
    }

    private static boolean isDone(Cleanup cleanup) {
      try {
        cleanup.run(TENANT, (_, _, _) -> {});
        return true;
      } catch (InterruptedException cutOff) {
        return false;
      }
    }

    private void requireAllGone() {
      assertThat(inSums()).isEqualTo(OLD);
      var all = new Between(Optional.empty(), Optional.empty());
      assertThat(store.tenant(TENANT).interactions().inOrder(all, 0, OLD + YOUNG)).hasSize(YOUNG);
      assertThat(Verification.of(store, behaviours, TENANT).differences()).isEmpty();
    }

    private long inSums() {
      long[] count = new long[1];
      store.retention().past(sum -> count[0] += sum.count());
      return count[0];
    }

    private Change behaviour(int daysAgo) {
      return new Change.RecordInteraction(
          new Interaction(
              user(random.nextInt(20)),
              EntityKey.of("film", "t" + random.nextInt(30)).asRef(),
              "view",
              OptionalDouble.empty(),
              JsonObject.EMPTY,
              clock
                  .instant()
                  .minus(Duration.ofDays(daysAgo))
                  .minusMillis(random.nextInt(80_000_000)),
              true,
              Optional.empty(),
              Optional.empty(),
              new Measures(random.nextInt(10_000_001), -1, -1, 0, false, false)));
    }

    private static UserId user(int number) {
      return new UserId("u" + number);
    }

    private Submission.Receipt keep(List<Change> changes) {
      return keep(new Submission(TENANT, changes, Optional.empty()));
    }

    private Submission.Receipt keep(Submission submission) {
      var appended = store.log().extend(List.of(submission));
      behaviours.follow(appended.events());
      return appended.receipts().getFirst();
    }

    /** Time that goes by the behaviours that were taken out, each taking as long. */
    private final class Slow {
      private final Duration each;

      Slow() {
        this(Duration.ofMillis(1));
      }

      Slow(Duration each) {
        this.each = each;
      }

      long nanos() {
        return inSums() * each.toNanos();
      }
    }
  }
}
