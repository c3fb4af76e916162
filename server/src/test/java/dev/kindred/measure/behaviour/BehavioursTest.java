package dev.kindred.measure.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.TestServices;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.Tail;
import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.store.Retention;
import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import dev.kindred.testing.TestStore;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

  /** Sums during whose reading something happens, once, after they were handed over. */
  private static final class Meanwhile implements Retention {
    private final Retention real;
    private final Runnable happening;
    private boolean hasHappened;

    Meanwhile(Retention real, Runnable happening) {
      this.real = real;
      this.happening = happening;
    }

    boolean hasHappened() {
      return hasHappened;
    }

    /** The same store with these sums. */
    Store in(Store store) {
      return (Store)
          Proxy.newProxyInstance(
              Store.class.getClassLoader(),
              new Class<?>[] {Store.class},
              (_, method, arguments) ->
                  method.getName().equals("retention") ? this : method.invoke(store, arguments));
    }

    @Override
    public Step fold(TenantId tenant, long beforeMicros, long after, long upTo, int most) {
      return real.fold(tenant, beforeMicros, after, upTo, most);
    }

    @Override
    public void past(Consumer<BehaviourSum> reader) {
      real.past(reader);
      if (hasHappened) return;
      hasHappened = true;
      happening.run();
    }

    @Override
    public long folds() {
      return real.folds();
    }
  }

  abstract static class Contract {

    @AutoClose private final TestStore place;

    Contract(TestStore place) {
      this.place = place;
    }

    @Test
    void every_answer_is_what_a_plain_reading_of_the_log_gives() {
      long seed = Long.getLong("kindred.seed", System.nanoTime());
      System.out.println("behaviours by chance: -Dkindred.seed=" + seed);
      liveThrough(seed);
    }

    /**
     * A second store, in which nothing is ever summed up, hears the same: merges, their undoing and
     * erasures have to come to the same there.
     */
    @Test
    void whether_behaviours_are_kept_one_by_one_or_in_sums_changes_no_answer() {
      long seed = Long.getLong("kindred.seed", System.nanoTime());
      System.out.println("behaviours in sums by chance: -Dkindred.seed=" + seed);
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock);
          Store whole = new MemoryStore(clock)) {
        var inSums = new Behaviours(store, clock);
        var oneByOne = new Behaviours(whole, clock);
        inSums.load();
        oneByOne.load();
        var history =
            new RandomHistory(new SplittableRandom(seed), clock, TENANT, store).withoutTakingBack();
        for (int step = 1; step <= 2 * STEPS; step++) {
          history.next(submission -> {
            inSums.follow(store.log().extend(List.of(submission)).events());
            oneByOne.follow(whole.log().extend(List.of(submission)).events());
          });
          if (step % COMPARED_EVERY != 0) continue;
          String said = "seed " + seed + ", step " + step;
          compare(said, store, inSums, whole, oneByOne);
        }
      }
    }

    private static void compare(
        String said, Store store, Behaviours inSums, Store whole, Behaviours oneByOne) {
      Recount plain = Recount.of(whole, TENANT);
      for (UserId user : plain.users()) {
        assertThat(inSums.user(TENANT, user))
            .as(said + ", " + user)
            .isEqualTo(oneByOne.user(TENANT, user));
        assertThat(inSums.similar(TENANT, user, GenreTerm.COSINE, 100))
            .as(said + ", " + user)
            .isEqualTo(oneByOne.similar(TENANT, user, GenreTerm.COSINE, 100));
        assertThat(store.tenant(TENANT).users().merges(user, 1_000))
            .as(said + ", " + user)
            .isEqualTo(whole.tenant(TENANT).users().merges(user, 1_000));
      }
      for (EntityKey title : plain.titles()) {
        assertThat(inSums.content(TENANT, title).map(Contract::whateverIsKept))
            .as(said + ", " + title)
            .isEqualTo(oneByOne.content(TENANT, title).map(Contract::whateverIsKept));
      }
    }

    /** The newest interaction and the trend are those of what is kept one by one. */
    private static String whateverIsKept(ContentMetrics metrics) {
      return "%s rated %s, %d views, %s completed, %s skipped, popularity %s"
          .formatted(
              metrics.key(),
              metrics.averageRating(),
              metrics.totalViews(),
              metrics.completionRate(),
              metrics.skipRate(),
              metrics.popularityIndex());
    }

    @Test
    void a_title_of_which_everything_was_taken_back_is_still_known_after_a_start() {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock)) {
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
      }
    }

    @Test
    void a_merge_while_everything_is_read_at_a_start_counts_once() {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock)) {
        var anonymous = new UserId("anonymous");
        var known = new UserId("known");
        keep(store, new Change.RecordInteraction(rated(anonymous, clock.instant())));
        long before = clock.instant().plusSeconds(1).toEpochMilli() * 1_000;
        store.retention().fold(TENANT, before, 0, store.log().head(), 100);
        var merge = new Change.MergeUsers("m-1", anonymous, known);
        var meanwhile = new Meanwhile(store.retention(), () -> keep(store, merge));

        var behaviours = new Behaviours(meanwhile.in(store), clock);
        behaviours.load();

        assertThat(meanwhile.hasHappened()).isTrue();
        assertThat(behaviours.user(TENANT, known).averageRating()).hasValue(7);
        assertThat(behaviours.user(TENANT, anonymous).averageRating()).isEmpty();
        assertThat(behaviours.user(TENANT, anonymous).lastActive()).isEmpty();
        assertThat(Verification.of(store, behaviours, TENANT).differences()).isEmpty();
      }
    }

    private static Interaction rated(UserId user, Instant at) {
      return new Interaction(
          user,
          EntityKey.of("film", "t1").asRef(),
          "view",
          OptionalDouble.empty(),
          JsonObject.EMPTY,
          at,
          true,
          Optional.empty(),
          Optional.empty(),
          new Measures(7_000_000, Measures.NOT_SAID, Measures.NOT_SAID, 1, false, false));
    }

    private static void keep(Store store, Change change) {
      store.log().append(List.of(Submission.of(TENANT, change)));
    }

    private void liveThrough(long seed) {
      SettableClock clock = SettableClock.atNoon();
      try (Store store = place.open(clock)) {
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
