package dev.kindred.measure.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.TestServices;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.Tail;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.OwnPostgres;
import dev.kindred.testing.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories by chance: whatever happens, every answer is what a plain reading of all that is kept
 * gives, at once and after a start anew.
 */
class BehavioursTest {

  private static final int STEPS = 400;
  private static final int COMPARED_EVERY = 40;
  private static final TenantId TENANT = new TenantId("cinema");

  @Nested
  final class InMemory extends Contract {
    @Override
    Store open(SettableClock clock) {
      return new MemoryStore(clock);
    }
  }

  @Nested
  final class OnSqlite extends Contract {
    @TempDir private Path folder;

    @Override
    Store open(SettableClock clock) {
      return JdbcStore.open(
          JdbcSettings.of("sqlite:" + folder.resolve("kindred.db")), clock, new SplittableRandom());
    }
  }

  @Nested
  @Tag(TestServices.TAG)
  final class OnPostgresql extends Contract {
    private final OwnPostgres database = new OwnPostgres();

    @Override
    Store open(SettableClock clock) {
      return JdbcStore.open(JdbcSettings.of(database.url()), clock, new SplittableRandom());
    }

    @Override
    void remove() {
      database.close();
    }
  }

  abstract static class Contract {

    abstract Store open(SettableClock clock);

    void remove() {}

    @Test
    void every_answer_is_what_a_plain_reading_of_the_log_gives() {
      long seed = Long.getLong("kindred.seed", System.nanoTime());
      System.out.println("behaviours by chance: -Dkindred.seed=" + seed);
      liveThrough(seed);
    }

    /** Histories in which a title was named and nothing of that is left. */
    @ParameterizedTest
    @ValueSource(longs = {12, 15825537856920L})
    void nor_does_an_answer_change_with_a_start_that_once_did(long seed) {
      liveThrough(seed);
    }

    @Test
    void a_title_of_which_everything_was_taken_back_is_still_known_after_a_start() {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = open(clock)) {
        EntityKey film = EntityKey.of("film", "t1");
        var user = new UserId("u1");
        Instant at = clock.instant();
        var view =
            new Interaction(
                user,
                film.asRef(),
                "view",
                OptionalDouble.empty(),
                JsonObject.EMPTY,
                at,
                true,
                Optional.empty(),
                Optional.empty());
        keep(store, new Change.RecordInteraction(view));
        keep(store, new Change.RemoveInteraction(user, film, "view", at));

        var afresh = new Behaviours(store, clock);
        afresh.load();

        assertThat(afresh.content(TENANT, film)).map(ContentMetrics::totalViews).contains(0L);
      } finally {
        remove();
      }
    }

    private static void keep(Store store, Change change) {
      store.log().append(List.of(Submission.of(TENANT, change)));
    }

    private void liveThrough(long seed) {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = open(clock)) {
        var tail = new Tail(store.log());
        var behaviours = new Behaviours(store, clock);
        try (GroupCommit commit =
            GroupCommit.start(
                store.log(), tail, GroupCommit.Limits.DEFAULT, Thread.ofPlatform().factory())) {
          tail.tell(behaviours::follow, behaviours.load());
          var history = new RandomHistory(new SplittableRandom(seed), clock, TENANT, store);
          for (int step = 1; step <= STEPS; step++) {
            history.next(commit::keep);
            if (step % COMPARED_EVERY == 0) compare(store, behaviours, clock, seed);
          }
        }
      } finally {
        remove();
      }
    }

    private static void compare(
        Store store, Behaviours behaviours, SettableClock clock, long seed) {
      var afresh = new Behaviours(store, clock);
      afresh.load();
      Recount plain = Recount.of(store, TENANT);
      assertThat(Verification.of(plain, behaviours, TENANT).differences())
          .as("seed %d", seed)
          .isEmpty();
      assertThat(afresh.extent(TENANT)).as("seed %d", seed).isEqualTo(behaviours.extent(TENANT));
      for (UserId user : plain.users()) {
        String said = "seed " + seed + ", user " + user;
        assertThat(afresh.user(TENANT, user)).as(said).isEqualTo(behaviours.user(TENANT, user));
        for (GenreTerm term : GenreTerm.values()) {
          assertThat(afresh.similar(TENANT, user, term, 100))
              .as(said)
              .isEqualTo(behaviours.similar(TENANT, user, term, 100));
        }
        compareSimilar(plain, behaviours, user, said);
      }
      for (EntityKey title : plain.titles()) {
        String said = "seed " + seed + ", title " + title;
        assertThat(afresh.content(TENANT, title))
            .as(said)
            .isEqualTo(behaviours.content(TENANT, title));
      }
    }

    private static void compareSimilar(
        Recount plain, Behaviours behaviours, UserId user, String said) {
      List<SimilarUser> similar = behaviours.similar(TENANT, user, GenreTerm.COSINE, 100);
      var expected = new ArrayList<UserId>();
      for (UserId other : plain.users()) {
        if (!other.equals(user) && plain.sharedTitles(user, other) > 0) expected.add(other);
      }
      assertThat(similar).as(said).extracting(SimilarUser::user).hasSameElementsAs(expected);
      double last = 1;
      for (SimilarUser other : similar) {
        double wanted = plain.similarity(user, other.user());
        assertThat(other.similarity()).as(said + other).isCloseTo(wanted, within(1e-12));
        assertThat(other.similarity()).as(said + other).isLessThanOrEqualTo(last);
        assertThat(other.sharedViews())
            .as(said + other)
            .isEqualTo(plain.sharedTitles(user, other.user()));
        // The same from the other side, to the last digit.
        assertThat(behaviours.similar(TENANT, other.user(), GenreTerm.COSINE, 100))
            .as(said + other)
            .anyMatch(back -> back.user().equals(user) && back.similarity() == other.similarity());
        last = other.similarity();
      }
    }
  }
}
