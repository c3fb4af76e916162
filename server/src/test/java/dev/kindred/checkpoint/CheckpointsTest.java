package dev.kindred.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.Tail;
import dev.kindred.domain.Change;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.learn.Described;
import dev.kindred.learn.Learning;
import dev.kindred.learn.SegmentPlan;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.RandomHistory;
import dev.kindred.measure.behaviour.Recount;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import dev.kindred.testing.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories by chance: whoever starts from a checkpoint and the rest of the log knows what somebody
 * knows who has read the whole log, and what the one knows who was there.
 */
class CheckpointsTest {

  private static final int STEPS = 300;
  private static final int COMPARED_EVERY = 30;
  private static final int MORE_MAX = 50;
  private static final int DIMENSION = 8;
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final TenantId TENANT = new TenantId("cinema");

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
    @TempDir private Path folder;

    @AutoClose private final TestStore place;

    Contract(TestStore place) {
      this.place = place;
    }

    @Test
    void a_checkpoint_and_the_rest_of_the_log_are_the_whole_log() {
      byChance(
          false,
          (world, seed) -> {
            world.compareLearned(seed);
            world.compareCounted(seed);
          });
    }

    @Test
    void counts_survive_folding_and_other_weights() {
      byChance(true, World::compareCounted);
    }

    private void byChance(boolean rulesChange, BiConsumer<World, Long> compare) {
      long seed = Long.getLong("kindred.seed", System.nanoTime());
      System.out.println("checkpoints by chance: -Dkindred.seed=" + seed);
      var random = new SplittableRandom(seed);
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock);
          var world = new World(store, clock, folder)) {
        var history = new RandomHistory(random.split(), clock, TENANT, store, rulesChange);
        for (int step = 1; step <= STEPS; step++) {
          history.next(world.commit::keep);
          clock.advance(Duration.ofSeconds(random.nextInt(60)));
          if (random.nextInt(6) == 0 || step % COMPARED_EVERY == COMPARED_EVERY - 5) {
            clock.advance(INTERVAL);
            world.checkpoints.look();
          }
          if (step % COMPARED_EVERY == 0) compare.accept(world, seed);
        }
        // By chance an erasure may have removed every checkpoint before it was compared.
        for (int more = 0; world.restored == 0 && more < MORE_MAX; more++) {
          history.next(world.commit::keep);
          clock.advance(INTERVAL);
          world.checkpoints.look();
          compare.accept(world, seed);
        }
        assertThat(world.restored).as("seed %d", seed).isPositive();
      }
    }

    @Test
    void an_erased_user_is_in_no_checkpoint_when_that_is_acknowledged() throws IOException {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock);
          var world = new World(store, clock, folder)) {
        var erased = new UserId("somebody-who-wants-to-go");
        world.keep(new Change.PutUser(erased, JsonObject.EMPTY));
        world.checkpoints.look();
        assertThat(world.filesThatName(erased.value())).isNotEmpty();
        world.keep(new Change.EraseUser(erased));
        assertThat(world.filesThatName(erased.value())).isEmpty();
      }
    }

    @Test
    void a_checkpoint_of_another_configuration_or_database_is_left_alone() {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock);
          var world = new World(store, clock, folder);
          var other = new MemoryStore(clock)) {
        world.keep(new Change.PutUser(new UserId("u"), JsonObject.EMPTY));
        world.checkpoints.look();
        assertThat(world.checkpoints(other).restore(new Learning(other, DIMENSION, () -> 0)))
            .isFalse();
        world.forget();
        world.checkpoints.look();
        var otherPlan = new SegmentPlan(List.of("gender"), SegmentPlan.Counting.LAST_90_DAYS);
        assertThat(
                world
                    .checkpoints(store)
                    .restore(new Learning(store, DIMENSION, () -> 0, otherPlan)))
            .isFalse();
      }
    }
  }

  /** Somebody who follows the log from its beginning and writes checkpoints. */
  private static final class World implements AutoCloseable {
    final GroupCommit commit;
    final Checkpoints checkpoints;
    int restored;
    private final Store store;
    private final SettableClock clock;
    private final Path folder;
    private final Tail tail;
    private final Learning learning;
    private final Behaviours behaviours;

    World(Store store, SettableClock clock, Path folder) {
      this.store = store;
      this.clock = clock;
      this.folder = folder;
      tail = new Tail(store.log());
      commit =
          GroupCommit.start(
              store.log(), tail, GroupCommit.Limits.DEFAULT, Thread.ofPlatform().factory());
      checkpoints = checkpoints(store);
      learning = new Learning(store, DIMENSION, () -> 0);
      behaviours = new Behaviours(store, clock);
      checkpoints.restore(learning);
      checkpoints.restore(behaviours);
      learning.load();
      behaviours.load();
      tail.tell(learning::follow, learning.position());
      tail.tell(behaviours::follow, behaviours.position());
      tail.tell(checkpoints::follow, tail.position());
    }

    Checkpoints checkpoints(Store of) {
      return new Checkpoints(folder, of, clock, new Checkpoints.Limits(INTERVAL, 1));
    }

    void forget() {
      clock.advance(INTERVAL);
      keep(new Change.PutUser(new UserId("v"), JsonObject.EMPTY));
    }

    void keep(Change change) {
      commit.keep(Submission.of(TENANT, change));
    }

    void compareLearned(long seed) {
      var slow = new Learning(store, DIMENSION, () -> 0);
      slow.load();
      readOn(slow);
      var quick = new Learning(store, DIMENSION, () -> 0);
      boolean isRestored = reader().restore(quick);
      if (isRestored) restored++;
      else quick.load();
      readOn(quick);
      long now = clock.millis() * 1_000;
      List<String> restoredLines = Described.of(quick.tenant(TENANT), now);
      List<String> live = Described.of(learning.tenant(TENANT), now);
      if (isRestored) requireSame("seed " + seed, restoredLines, live);
      requireSame(
          "seed " + seed,
          Described.withoutStandings(restoredLines),
          Described.withoutStandings(Described.of(slow.tenant(TENANT), now)));
    }

    /** Says what differs, not all there is. */
    private static void requireSame(String said, List<String> lines, List<String> wanted) {
      var more = new ArrayList<>(lines);
      more.removeAll(wanted);
      var fewer = new ArrayList<>(wanted);
      fewer.removeAll(lines);
      assertThat(more).as("%s: what is there, where %s should be", said, fewer).isEmpty();
      assertThat(fewer).as(said + ": what should be there").isEmpty();
      assertThat(lines).as(said + ": the order").containsExactlyElementsOf(wanted);
    }

    void compareCounted(long seed) {
      var quick = new Behaviours(store, clock);
      if (reader().restore(quick)) restored++;
      else quick.load();
      for (long at = quick.position(); ; ) {
        var events = new ArrayList<Event>();
        long next = store.log().read(at, 100, events::add);
        if (next == at) break;
        quick.follow(events);
        at = next;
      }
      Recount plain = Recount.of(store, TENANT);
      assertThat(quick.extent(TENANT)).as("seed %d", seed).isEqualTo(behaviours.extent(TENANT));
      for (UserId user : plain.users()) {
        String said = "seed " + seed + ", " + user;
        assertThat(quick.user(TENANT, user)).as(said).isEqualTo(behaviours.user(TENANT, user));
        assertThat(quick.similar(TENANT, user, GenreTerm.COSINE, 100))
            .as(said)
            .isEqualTo(behaviours.similar(TENANT, user, GenreTerm.COSINE, 100));
      }
      plain
          .titles()
          .forEach(title ->
              assertThat(quick.content(TENANT, title))
                  .as("seed " + seed + ", " + title)
                  .isEqualTo(behaviours.content(TENANT, title)));
    }

    /** Somebody else, with files that nobody else removes. */
    private Checkpoints reader() {
      return checkpoints(store);
    }

    private void readOn(Learning reader) {
      new Tail(store.log()).tell(reader::follow, reader.position());
    }

    List<Path> filesThatName(String text) throws IOException {
      var found = new ArrayList<Path>();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) found.add(file);
        }
      }
      return found;
    }

    @Override
    public void close() {
      commit.close();
    }
  }
}
