package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.UserId;
import dev.kindred.learn.Training;
import dev.kindred.recommend.Recommendation.Because;
import dev.kindred.recommend.Recommendation.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is said to have carried an item did: without it, the score is lower by just that. */
final class ExplanationTest {
  private static final int ITEMS = 30;
  private static final int USERS = 40;
  private static final int ASKED = 12;
  private static final Offset<Float> CLOSE = Offset.offset(2e-5f);
  private static final String[] TYPES = {"click", "purchase", "like", "view", "dislike"};

  /** Two tastes, and one item that everybody takes but those who are asked for. */
  private static LiveShop shop(Random random) {
    var shop = new LiveShop().put("top", "{}");
    for (int n = 0; n < ITEMS; n++) {
      shop.put("item" + n, "{\"kind\":\"k%d\",\"price\":%d}".formatted(n % 4, n));
    }
    for (int user = 0; user < USERS; user++) {
      for (int n = 0; n < 3; n++) shop.happens("user" + user, "purchase", "top");
      for (int n = 0; n < 8; n++) did(shop, random, "user" + user, user % 2);
    }
    for (int user = 0; user < ASKED; user++) {
      for (int n = 2 + random.nextInt(10); n > 0; n--) did(shop, random, "asked" + user, user % 2);
    }
    return shop;
  }

  private static void did(LiveShop shop, Random random, String user, int taste) {
    String item = "item" + (2 * random.nextInt(ITEMS / 2) + taste);
    shop.happens(user, TYPES[random.nextInt(TYPES.length)], item);
  }

  @Test
  void without_the_strongest_deed_the_score_is_lower_by_its_share() {
    long seed = System.nanoTime();
    int checked = 0;
    for (int round = 0; round < 4; round++) {
      var random = new Random(seed + round);
      LiveShop shop = shop(random);
      if (round % 2 == 1) train(shop);
      for (int user = 0; user < ASKED; user++) {
        for (Algorithm algorithm :
            List.of(Algorithm.HYBRID, Algorithm.COLLABORATIVE, Algorithm.CONTENT_BASED)) {
          if (holds(shop, "asked" + user, algorithm, "seed " + (seed + round))) checked++;
        }
      }
    }
    assertThat(checked).as("seed %s", seed).isGreaterThan(40);
  }

  private static void train(LiveShop shop) {
    try (var threads = Executors.newFixedThreadPool(2)) {
      new Training(
              shop.learning(),
              shop.store().models(),
              any -> 0,
              1e8,
              threads,
              1,
              () -> Instant.EPOCH)
          .rebuild(LiveShop.TENANT, () -> {}, () -> {});
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** Takes the deed back and asks again; false where there is nothing to check. */
  private static boolean holds(LiveShop shop, String user, Algorithm algorithm, String seed) {
    var request = Request.builder(ITEMS).user(user).algorithm(algorithm).explain(true).build();
    Item item = shop.recommend(request, LiveShop.USUAL).items().getFirst();
    List<Because> because = item.explanation().orElseThrow().because();
    if (because.isEmpty() || because.getFirst().share() > 0.999) return false;
    Because strongest = because.getFirst();
    assertThat(because)
        .extracting(Because::share)
        .isSortedAccordingTo((a, b) -> Float.compare(b, a));

    shop.keep(
        new Change.RemoveInteraction(
            new UserId(user),
            new EntityKey(strongest.type(), new EntityId(strongest.id())),
            strongest.interactionType(),
            strongest.at()));

    Optional<Item> after =
        shop.recommend(request, LiveShop.USUAL).items().stream()
            .filter(other -> other.id().equals(item.id()))
            .findFirst();
    float expected = item.score() * (1 - strongest.share());
    // What falls to nothing is listed for another reason.
    if (expected < 1e-3 || after.isEmpty()) return false;
    assertThat(after.get().score())
        .as("%s %s %s of %s because of %s", seed, algorithm, item.id(), user, strongest)
        .isCloseTo(expected, CLOSE);
    return true;
  }
}
