package dev.kindred.recommend;

import dev.kindred.recommend.Recommendation.Explanation;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Brings what several shelves offer into one list. First comes what speaks to this user, whatever
 * shelf it is of; then, rung by rung, what the ladder of {@link Fallback} filled in. Scores of the
 * two cannot be compared: a film that is new would else stand before the book that is just right
 * for somebody who only ever read.
 */
final class Offers {
  /** The best first; ties by id, and by type where two types have it. */
  static final Comparator<Item> IN_ORDER =
      Comparator.comparingDouble((Item item) -> -item.score())
          .thenComparing(Item::id)
          .thenComparing(item -> item.type().value());

  /** From the first to the last. */
  private static final List<Reason> RUNGS =
      List.of(Reason.POPULAR_IN_SEGMENT, Reason.TRENDING, Reason.POPULAR, Reason.NEW);

  /**
   * What one shelf offers.
   *
   * @param items the best first
   * @param scored how many of them, from the first on, speak to the user; the ladder gave the rest
   */
  record Offer(List<Item> items, int scored) {}

  private Offers() {}

  /** The best of all, at most so many. */
  static List<Item> merged(List<Offer> offers, int count) {
    if (offers.size() == 1) return offers.getFirst().items();
    var all = new ArrayList<Item>();
    var rungs = new EnumMap<Reason, List<Item>>(Reason.class);
    for (Offer offer : offers) {
      all.addAll(offer.items().subList(0, offer.scored()));
      addUnscaled(offer, rungs);
    }
    all.sort(IN_ORDER);
    for (Reason rung : RUNGS) {
      float floor = all.isEmpty() ? 1 : all.getLast().score();
      rungs.getOrDefault(rung, List.of()).stream()
          .sorted(IN_ORDER)
          .forEach(item -> all.add(scaled(item, floor)));
    }
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }

  /** Each rung hangs below the one before it; here each is as if it were the first. */
  private static void addUnscaled(Offer offer, Map<Reason, List<Item>> rungs) {
    List<Item> items = offer.items();
    float floor = 1;
    for (int n = offer.scored(); n < items.size(); n++) {
      Item item = items.get(n);
      boolean isFirstOfRung = n == offer.scored() || item.reason() != items.get(n - 1).reason();
      if (n > 0 && isFirstOfRung) floor = items.get(n - 1).score();
      float share = floor > 0 ? Math.min(1f, item.score() / floor) : 0f;
      rungs.computeIfAbsent(item.reason(), _ -> new ArrayList<>()).add(withScore(item, share));
    }
  }

  private static Item scaled(Item item, float factor) {
    return withScore(item, factor * item.score());
  }

  /** What the ladder gave has one reason, and that one all of the score. */
  private static Item withScore(Item item, float score) {
    return new Item(
        item.id(),
        item.type(),
        score,
        item.reason(),
        item.attributes(),
        item.explanation().map(why -> withScore(why, score)));
  }

  private static Explanation withScore(Explanation why, float score) {
    return new Explanation(
        why.parts().stream().map(part -> new Part(part.source(), score)).toList(),
        why.because(),
        why.neighbours(),
        why.sentence());
  }
}
