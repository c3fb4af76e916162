package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.recommend.Offers.Offer;
import dev.kindred.recommend.Recommendation.Explanation;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffersTest {
  private static final EntityType BOOK = new EntityType("book");
  private static final EntityType FILM = new EntityType("film");

  private static Item item(EntityType type, String id, double score, Reason reason) {
    var why = new Explanation(List.of(new Part(reason, (float) score)), List.of(), 0, "");
    return new Item(id, type, (float) score, reason, JsonObject.EMPTY, Optional.of(why));
  }

  private static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }

  @Test
  void what_speaks_to_the_user_stands_before_what_the_ladder_gave_of_another_type() {
    var books =
        new Offer(
            List.of(
                item(BOOK, "b1", 0.6, Reason.SIMILAR_ITEMS),
                item(BOOK, "b2", 0.3, Reason.HYBRID),
                item(BOOK, "b3", 0.15, Reason.POPULAR)),
            2);
    var films =
        new Offer(
            List.of(item(FILM, "f1", 0.9, Reason.TRENDING), item(FILM, "f2", 0.8, Reason.POPULAR)),
            0);

    List<Item> all = Offers.merged(List.of(books, films), 10);

    assertThat(ids(all)).containsExactly("b1", "b2", "f1", "f2", "b3");
    assertThat(all)
        .extracting(Item::score)
        .containsExactly(0.6f, 0.3f, 0.3f * 0.9f, 0.3f * 0.9f * (0.8f / 0.9f), 0.3f * 0.9f * 0.5f);
  }

  @Test
  void what_is_popular_with_one_type_stands_before_what_is_new_of_another() {
    var books = new Offer(List.of(item(BOOK, "b1", 0.4, Reason.POPULAR)), 0);
    var films = new Offer(List.of(item(FILM, "f1", 0.99, Reason.NEW)), 0);
    assertThat(ids(Offers.merged(List.of(films, books), 10))).containsExactly("b1", "f1");
  }

  @Test
  void scores_never_rise_parts_stay_the_score_and_a_short_list_begins_a_long_one() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      List<Offer> offers = List.of(offer(random, BOOK), offer(random, FILM));
      List<Item> all = Offers.merged(offers, 100);
      assertThat(all).hasSize(offers.stream().mapToInt(offer -> offer.items().size()).sum());
      for (int n = 0; n < all.size(); n++) {
        Item item = all.get(n);
        if (n > 0) assertThat(item.score()).isLessThanOrEqualTo(all.get(n - 1).score());
        assertThat(item.score()).isBetween(0f, 1f);
        assertThat(item.explanation().orElseThrow().parts().getFirst().value())
            .as("seed %d", seed)
            .isEqualTo(item.score());
      }
      int count = random.nextInt(all.size() + 1);
      assertThat(Offers.merged(offers, count)).as("seed %d", seed).isEqualTo(all.subList(0, count));
    }
  }

  /** As the ladder gives it: each rung below the one before. */
  private static Offer offer(Random random, EntityType type) {
    var items = new ArrayList<Item>();
    float last = 1;
    int scored = random.nextInt(4);
    for (int n = 0; n < scored; n++) {
      last *= random.nextFloat();
      items.add(item(type, type.value() + items.size(), last, Reason.HYBRID));
    }
    for (Reason rung : List.of(Reason.TRENDING, Reason.POPULAR, Reason.NEW)) {
      float share = 1;
      float floor = last;
      for (int n = random.nextInt(4); n > 0; n--) {
        share *= random.nextFloat();
        last = floor * share;
        items.add(item(type, type.value() + items.size(), last, rung));
      }
    }
    return new Offer(items, scored);
  }
}
