package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import dev.kindred.engine.Ranking;
import dev.kindred.learn.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is bought together, against the same worked out the long way. */
class BoughtTogetherTest {
  private static final int ROUNDS = 20;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Bought(String user, String item, Instant at) {}

  @Test
  void it_is_what_working_it_out_the_long_way_gives() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = System.nanoTime();
      var random = new Random(seed);
      var shop = new LiveShop();
      int items = 4 + random.nextInt(8);
      int users = 3 + random.nextInt(6);
      for (int n = 0; n < items; n++) shop.put("p" + n, "{}");
      var all = new ArrayList<Bought>();
      var known = new TreeSet<String>();
      for (int n = 0; n < 8 * users; n++) {
        var one =
            new Bought(
                "u" + random.nextInt(users),
                "p" + random.nextInt(items),
                START.plus(Duration.ofHours(random.nextInt(400))).plusSeconds(n));
        known.add(one.user());
        boolean isPurchase = random.nextInt(4) > 0;
        if (isPurchase) all.add(one);
        keep(shop, one, isPurchase ? "purchase" : "view");
      }
      Shelf shelf = shop.tenant().shelf(LiveShop.PRODUCT).orElseThrow();
      int item = random.nextInt(items);
      Ranking fast =
          shop.tenant()
              .read(() ->
                  shelf.boughtWith(
                      shop.tenant(), new int[] {shelf.find("p" + item)}, items, any -> true));
      String about = "seed " + seed;
      double last = 1;
      for (int n = 0; n < fast.size(); n++) {
        double slow = slow(all, known.size(), "p" + item, shelf.id(fast.items()[n]));
        assertThat((double) fast.scores()[n]).as(about).isCloseTo(slow, within(1e-5));
        assertThat((double) fast.scores()[n]).as(about).isBetween(0.0, last);
        last = fast.scores()[n];
      }
      long expected =
          all.stream()
              .map(Bought::item)
              .distinct()
              .filter(other -> slow(all, known.size(), "p" + item, other) > 0)
              .count();
      assertThat(fast.size()).as(about).isEqualTo((int) expected);
    }
  }

  private static void keep(LiveShop shop, Bought one, String type) {
    shop.keep(
        new Change.RecordInteraction(
            new Interaction(
                new UserId(one.user()),
                new EntityRef(new EntityId(one.item()), LiveShop.PRODUCT),
                type,
                OptionalDouble.empty(),
                JsonObject.EMPTY,
                one.at(),
                true,
                Optional.empty(),
                Optional.empty())));
  }

  private static double slow(List<Bought> all, int users, String item, String other) {
    if (item.equals(other)) return 0;
    Set<String> buyers = buyers(all, item);
    double both = 0;
    for (String user : buyers) {
      double nearest = 0;
      for (Bought mine : all) {
        if (!mine.user().equals(user) || !mine.item().equals(other)) continue;
        nearest = Math.max(nearest, 0.25);
        for (Bought its : all) {
          boolean isInBasket =
              its.user().equals(user)
                  && its.item().equals(item)
                  && Duration.between(its.at(), mine.at()).abs().compareTo(Duration.ofDays(1)) <= 0;
          if (isInBasket) nearest = 1;
        }
      }
      both += nearest;
    }
    if (both == 0) return 0;
    double anybody = buyers(all, other).size() / (double) users;
    double likely = both / buyers.size() / Math.sqrt(anybody) * both / (both + 2);
    return likely / (1 + likely);
  }

  private static Set<String> buyers(List<Bought> all, String item) {
    var buyers = new TreeSet<String>();
    for (Bought one : all) if (one.item().equals(item)) buyers.add(one.user());
    return buyers;
  }
}
