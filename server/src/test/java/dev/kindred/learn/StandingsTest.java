package dev.kindred.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.engine.Ranking;
import dev.kindred.recommend.LiveShop;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Lists of what goes on around the items of a shelf that is large. */
class StandingsTest {
  private static final int ITEMS = 4_500;

  private final AtomicLong nanos = new AtomicLong();
  private final LiveShop shop = large();
  private final LiveShop twin = large();

  private LiveShop large() {
    var made = new LiveShop(nanos::get);
    for (int n = 0; n < ITEMS; n++) made.put("p" + n, "{}");
    return made;
  }

  private void happens(long seed) {
    var random = new Random(seed);
    for (int n = 0; n < 500; n++) {
      String item = "p" + (int) (ITEMS * Math.pow(random.nextDouble(), 3));
      String user = "u" + random.nextInt(100);
      for (LiveShop one : new LiveShop[] {shop, twin}) one.happens(user, "click", item);
    }
  }

  private static Ranking popular(LiveShop of) {
    return of.tenant().read(() -> standings(of).popular());
  }

  private static Standings standings(LiveShop of) {
    return of.tenant().shelf(LiveShop.PRODUCT).orElseThrow().standings();
  }

  private static Ranking trending(LiveShop of) {
    return of.tenant().read(() -> standings(of).trending(7));
  }

  private static void assertSame(Ranking one, Ranking other) {
    assertThat(one.items()).isEqualTo(other.items());
    assertThat(one.scores()).isEqualTo(other.scores());
  }

  @Test
  void a_list_serves_for_a_moment_and_is_made_anew_beside_who_asks() {
    happens(1);
    Ranking before = popular(shop);
    Ranking trendingBefore = trending(shop);
    happens(2);
    assertSame(popular(shop), before);
    shop.learning().renewStandings();
    assertSame(popular(shop), popular(twin));
    assertSame(trending(shop), trending(twin));
    assertThat(popular(shop).items()).isNotEqualTo(before.items());
    assertThat(trending(shop).items()).isNotEqualTo(trendingBefore.items());
  }

  @Test
  void a_list_is_never_older_than_a_moment_though_nobody_makes_it_anew() {
    happens(1);
    Ranking before = popular(shop);
    happens(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertSame(popular(shop), popular(twin));
    assertThat(popular(shop).items()).isNotEqualTo(before.items());
  }

  @Test
  void a_list_that_nobody_asks_for_is_not_kept() {
    happens(1);
    Ranking before = popular(shop);
    happens(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    shop.learning().renewStandings();
    nanos.addAndGet(-TimeUnit.SECONDS.toNanos(61));
    // Had it been kept, it would still serve for a moment.
    assertSame(popular(shop), popular(twin));
    assertThat(popular(shop).items()).isNotEqualTo(before.items());
  }
}
