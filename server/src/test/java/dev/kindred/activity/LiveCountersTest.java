package dev.kindred.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.activity.LiveCounters.Limits;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Deed;
import dev.kindred.store.Shop;
import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is going on with products is counted while it happens, in bounded memory. */
class LiveCountersTest {

  private static final EntityKey MUG = EntityKey.of("product", "mug");

  private final SettableClock clock = SettableClock.atNoon();
  private final Store store = new MemoryStore(clock);
  private final Shop shop = new Shop(store, new TenantId("shop"), clock);
  private final LiveCounters counters = new LiveCounters(store, clock, new Limits(50, 200, 20));
  private long followed;

  @Test
  void each_kind_of_thing_is_counted_by_itself() {
    record("ann", "view", MUG);
    record("ann", "view", MUG);
    record("bob", "click", MUG);
    record("bob", "add_to_cart", MUG);
    record("bob", "purchase", MUG);
    record("bob", "rating", MUG);

    assertThat(of(MUG)).isEqualTo(new Activity(2, 1, 3, 1));
  }

  @Test
  void a_viewer_is_gone_after_five_minutes_and_what_they_did_after_a_day() {
    record("ann", "view", MUG);
    clock.advance(Duration.ofMinutes(4));
    record("bob", "view", MUG);
    assertThat(of(MUG).viewingNow()).isEqualTo(2);

    clock.advance(Duration.ofMinutes(1));
    assertThat(of(MUG).viewingNow()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(4));
    assertThat(of(MUG)).isEqualTo(new Activity(0, 0, 2, 0));
    clock.advance(Duration.ofDays(1));
    assertThat(of(MUG)).isEqualTo(Activity.NONE);
  }

  @Test
  void what_is_sent_late_counts_when_it_happened() {
    shop.record(Deed.of("ann", "view", MUG).at(clock.now().minus(Duration.ofHours(2))));
    shop.record(Deed.of("ann", "view", MUG).at(clock.now().minus(Duration.ofHours(30))));
    follow();

    assertThat(of(MUG)).isEqualTo(new Activity(0, 0, 1, 0));
    clock.advance(Duration.ofHours(22).plusMinutes(30));
    assertThat(of(MUG)).isEqualTo(Activity.NONE);
  }

  @Test
  void what_is_deleted_or_erased_is_not_there_any_more() {
    shop.put(MUG, "{}");
    record("ann", "view", MUG);
    record("bob", "view", MUG);
    shop.keep(Outcome.UserErased.class, new Change.EraseUser(new UserId("ann")));
    follow();
    assertThat(of(MUG).viewingNow()).isEqualTo(1);

    shop.delete(MUG);
    follow();
    assertThat(counters.products()).isZero();
    assertThat(counters.viewers()).isZero();
  }

  @Test
  void one_tenants_products_are_not_anothers() {
    record("ann", "view", MUG);
    var other = new Shop(store, new TenantId("other"), clock);
    other.record(Deed.of("ann", "view", EntityKey.of("product", "x")));
    follow();

    assertThat(counters.of(other.tenant(), other.numberOf(EntityKey.of("product", "x"))))
        .isEqualTo(new Activity(1, 0, 1, 0));
    assertThat(counters.of(other.tenant(), 10_000)).isEqualTo(Activity.NONE);
  }

  @Test
  void whatever_happens_no_more_is_held_than_may_be() {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 3_000; i++) {
      clock.advance(Duration.ofMillis(random.nextInt(2_000)));
      record("u" + random.nextInt(500), "view", product(random.nextInt(120)));
      assertThat(counters.products()).as("seed %d", seed).isLessThanOrEqualTo(50);
      assertThat(counters.viewers()).as("seed %d", seed).isBetween(1, 200);
    }
  }

  /** The slow twin: everything that happened, counted anew at each question. */
  @Test
  void the_counters_are_what_counting_everything_again_gives() {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    var all = new ArrayList<Deed>();
    var large = new LiveCounters(store, clock, Limits.DEFAULT);
    List<String> types = List.of("view", "purchase", "add_to_cart");
    for (int i = 0; i < 600; i++) {
      // The same at the same moment would be the same, sent twice.
      clock.advance(Duration.ofSeconds(1 + random.nextInt(400)));
      Deed deed =
          Deed.of("u" + random.nextInt(6), types.get(random.nextInt(3)), product(random.nextInt(3)))
              .at(clock.now());
      all.add(deed);
      shop.record(deed);
      large.follow(newEvents());
      EntityKey asked = product(random.nextInt(3));
      if (all.stream().noneMatch(one -> one.entity().equals(asked.asRef()))) continue;
      Activity told = large.of(shop.tenant(), shop.numberOf(asked));
      var viewers = new HashSet<String>();
      for (Deed one : all) {
        boolean isNow = one.at().orElseThrow().isAfter(clock.now().minus(ProductCounter.VIEWING));
        boolean isIt = one.entity().equals(asked.asRef());
        if (isIt && isNow && one.type().equals("view")) viewers.add(one.user());
      }
      String where = "seed " + seed + ", step " + i;
      assertThat(told.viewingNow()).as(where).isEqualTo(viewers.size());
      assertThat(told.recentViews())
          .as(where)
          .isBetween(count(all, asked, "view", 47), count(all, asked, "view", 48));
      assertThat(told.recentSales())
          .as(where)
          .isBetween(count(all, asked, "purchase", 47), count(all, asked, "purchase", 48));
    }
  }

  /** How often something happened within the last half-hours by the clock, this one included. */
  private int count(List<Deed> all, EntityKey entity, String type, int halfHours) {
    long slot = Duration.ofMinutes(30).toSeconds();
    long now = clock.now().getEpochSecond() / slot;
    return (int)
        all.stream()
            .filter(one -> one.entity().equals(entity.asRef()) && one.type().equals(type))
            .map(one -> one.at().orElse(Instant.EPOCH).getEpochSecond() / slot)
            .filter(at -> at > now - halfHours)
            .count();
  }

  private static EntityKey product(int number) {
    return EntityKey.of("product", "p" + number);
  }

  private void record(String user, String type, EntityKey entity) {
    shop.record(Deed.of(user, type, entity));
    follow();
  }

  private void follow() {
    counters.follow(newEvents());
  }

  private List<Event> newEvents() {
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, 10_000, events::add);
    return events;
  }

  private Activity of(EntityKey entity) {
    return counters.of(shop.tenant(), shop.numberOf(entity));
  }
}
