package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Deed;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Shop;
import dev.kindred.testing.Patience;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interactions are filed under their entities, and nobody who asks for them can tell when. */
final class FilingTest {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final EntityKey COAT = EntityKey.of("product", "coat");

  private final SettableClock clock = SettableClock.atNoon();
  private final TestDatabase file = TestDatabase.sqlite();
  private final JdbcStore store = file.open(clock);
  private final Shop shop = new Shop(store, new TenantId("shop"), clock);

  /** As another program that uses the same file has it. */
  private final Database database = Connecting.to(file.settings(), new SplittableRandom());

  private final Filing filing = new Filing(database);
  private final Filing inBulk = Filing.inBulk(database);

  @AfterEach
  void close() {
    database.close();
    store.close();
    file.close();
  }

  /** What is filed are the interactions up to a position, and nothing else. */
  static void assertFiled(Database database, long position) {
    String kept = "select tenant, entity, at, position from interactions where position <= ?";
    String filed =
        "select tenant, entity, at, position from interactions_filed where position <= ?";
    database.read(session -> {
      for (String difference : List.of(kept + " except " + filed, filed + " except " + kept)) {
        assertThat(session.list(difference, row -> row.getLong(4), position, position)).isEmpty();
      }
      return true;
    });
  }

  @Test
  void what_is_filed_and_what_is_not_yet_are_one_list_however_it_is_paged() {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 60; i++) {
      // Any order of times, with many that are equal.
      clock.advance(Duration.ofSeconds(random.nextInt(-3, 4)));
      EntityKey entity = random.nextInt(3) > 0 ? BOOTS : COAT;
      shop.record(Deed.of("user-" + random.nextInt(4), "view", entity).at(clock.instant()));
      if (random.nextInt(12) == 0) shop.put(BOOTS, "{}");
      if (random.nextInt(20) == 0) shop.submit(new Change.DeleteEntity(BOOTS));
    }
    List<RecordedInteraction> all = shop.of(BOOTS);
    List<RecordedInteraction> expected =
        Stream.of(0, 1, 2, 3)
            .flatMap(user -> shop.of("user-" + user).stream())
            .filter(one -> one.entity().equals(BOOTS))
            .toList();
    assertThat(all).as("seed " + seed).containsExactlyInAnyOrderElementsOf(expected);

    while (filing.position() < store.log().head()) {
      assertThat(paged(random)).as("seed " + seed + " at " + filing.position()).isEqualTo(all);
      (random.nextBoolean() ? filing : inBulk).file(random.nextInt(1, 15));
      assertFiled(database, filing.position());
    }
    assertThat(paged(random)).as("seed " + seed).isEqualTo(all);
  }

  /** The interactions with the boots, by pages of which some come by their offset. */
  private List<RecordedInteraction> paged(SplittableRandom random) {
    int limit = random.nextInt(1, 9);
    var all = new ArrayList<RecordedInteraction>();
    List<RecordedInteraction> page;
    do {
      Optional<After> after = Optional.empty();
      int offset = all.size();
      if (offset > 0 && random.nextBoolean()) {
        RecordedInteraction last = all.getLast();
        after = Optional.of(new After(Micros.of(last.at()), last.position()));
        offset = 0;
      }
      page = shop.data().interactions().ofEntity(BOOTS, new Page(limit, offset, after));
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }

  @Test
  void what_goes_is_filed_no_more_whether_it_was_filed_before_or_not() {
    record(20);
    filing.file(10);
    shop.erase("user-1");
    shop.submit(new Change.DeleteEntity(COAT));
    RecordedInteraction first = shop.of("user-0").getLast();
    RecordedInteraction newest = shop.of("user-0").getFirst();
    for (RecordedInteraction gone : List.of(first, newest)) {
      shop.submit(new Change.RemoveInteraction(gone.user(), gone.entity(), gone.type(), gone.at()));
    }

    assertFiled(database, filing.position());
    filing.file(1_000);

    assertFiled(database, filing.position());
    assertThat(shop.of(BOOTS)).containsExactlyElementsOf(shop.of("user-0")).hasSize(8);
  }

  @Test
  void nobody_may_add_to_the_log_when_too_much_of_it_is_not_filed() {
    record(30);
    long head = store.log().head();
    var limits = new FilingRounds.Limits(1_000_000, 12, 5, 1_000_000, Duration.ofDays(1));
    try (var rounds = FilingRounds.start(filing, limits)) {
      rounds.makeRoom();
    }

    assertThat(filing.position()).isGreaterThanOrEqualTo(head - 12);
    assertFiled(database, filing.position());
  }

  @Test
  void as_soon_as_it_is_worth_while_it_is_done() throws Exception {
    record(5);
    var limits = new FilingRounds.Limits(10, 1_000_000, 100, 1_000_000, Duration.ofDays(1));
    try (var rounds = FilingRounds.start(filing, limits)) {
      record(15);
      rounds.added(store.log().head());

      assertThat(Patience.until(filing::position, done -> done == store.log().head()))
          .isEqualTo(store.log().head());
    }
  }

  @Test
  void few_are_filed_when_they_have_lain_for_a_while() throws Exception {
    record(5);
    var limits = new FilingRounds.Limits(1_000_000, 1_000_000, 100, 1_000_000, Duration.ZERO);
    try (var _ = FilingRounds.start(filing, limits)) {
      assertThat(Patience.until(filing::position, done -> done == store.log().head()))
          .isEqualTo(store.log().head());
    }
  }

  @Test
  void what_is_left_is_filed_at_the_end_unless_it_is_little() {
    record(20);
    var limits = new FilingRounds.Limits(1_000_000, 1_000_000, 3, 4, Duration.ofDays(1));
    FilingRounds.start(filing, limits).close();

    assertThat(filing.position()).isGreaterThanOrEqualTo(store.log().head() - 4);
  }

  @Test
  void two_programs_may_file_one_of_them_in_bulk_while_a_third_writes() throws Exception {
    var isOver = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Database other = Connecting.to(file.settings(), new SplittableRandom())) {
      var filers =
          Stream.of(inBulk, new Filing(other))
              .map(one ->
                  threads.submit(
                      (Callable<Long>)
                          () -> {
                            long done = 0;
                            while (done < 300 && !isOver.get()) done = one.file(7);
                            return done;
                          }))
              .toList();
      try {
        for (int i = 0; i < 100; i++) record(3);
        shop.erase("user-1");
      } catch (RuntimeException failure) {
        isOver.set(true); // nobody waits for what does not come any more
        throw failure;
      }
      for (var filer : filers) assertThat(filer.get()).isGreaterThanOrEqualTo(300);
    }
    filing.file(1_000);

    assertFiled(database, filing.position());
    assertThat(shop.of(BOOTS)).isEqualTo(shop.of("user-0"));
  }

  /** Of two users, by turns. */
  private void record(int interactions) {
    for (int i = 0; i < interactions; i++) {
      clock.advance(Duration.ofSeconds(1));
      shop.record(Deed.of("user-" + i % 2, "view", BOOTS));
    }
  }
}
