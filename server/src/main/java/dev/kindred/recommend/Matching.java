package dev.kindred.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.learn.Shelf;
import java.util.BitSet;

/**
 * Which items of a shelf meet a filter, as a set of bits: so many can be counted in no time, and
 * conditions that come again and again are looked up once for a state of the catalogue.
 */
final class Matching {
  private static final int CONDITIONS_KEPT = 1_000;

  private final Cache<Key, BitSet> known =
      Caffeine.newBuilder().maximumSize(CONDITIONS_KEPT).executor(Runnable::run).build();

  private record Key(Shelf shelf, long changes, Condition condition) {}

  /**
   * The live items that meet all conditions; the caller's own set.
   *
   * @throws InvalidRequest for a condition on something that no item says anything of
   */
  BitSet of(Shelf shelf, long changes, AttributeFilter filter, long nowMicros) {
    var all = new BitSet(shelf.size());
    boolean begun = false;
    if (shelf.liveItems() == 0) return all;
    for (Condition condition : filter.conditions()) {
      // A bound is quickly looked up, and hardly ever asked for again.
      BitSet one =
          condition.operator().isBound()
              ? meeting(shelf, condition)
              : known.get(new Key(shelf, changes, condition), key -> meeting(shelf, condition));
      if (begun) all.and(one);
      else all.or(one);
      begun = true;
    }
    if (!begun) {
      for (int item = 0; item < shelf.size(); item++) if (shelf.isLive(item)) all.set(item);
    }
    if (shelf.isTimed()) {
      for (int item = all.nextSetBit(0); item >= 0; item = all.nextSetBit(item + 1)) {
        if (!shelf.isAvailable(item, nowMicros)) all.clear(item);
      }
    }
    return all;
  }

  private static BitSet meeting(Shelf shelf, Condition condition) {
    if (shelf.column(condition.attribute()).isEmpty()) {
      throw InvalidRequest.at(
          "/filters/" + condition.attribute(),
          "cannot be applied: no item says anything of " + condition.attribute());
    }
    return shelf.meeting(condition);
  }
}
