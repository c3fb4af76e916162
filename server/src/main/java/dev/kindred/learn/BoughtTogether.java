package dev.kindred.learn;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import java.util.function.IntPredicate;

/**
 * What goes into a basket with an item, from the purchases that are known right now.
 *
 * <p>How likely a buyer of the one buys the other, times the root of how much less likely anybody
 * else does: {@code P(other | one) · √(1 / P(other))}, the geometric mean of conditional
 * probability and lift, as {@code ItemNeighbours.Likeness.LIFT} has it. What everybody buys anyway
 * does not come first, and neither does what one buyer happened to buy, for few common buyers are
 * discounted. Both in one basket, which is a day, count once; both at other times count a quarter.
 *
 * <p>Looks at the latest buyers of the item and at the latest deeds of each, so the cost has a
 * bound however popular they are. For one thread, under the tenant's lock.
 */
final class BoughtTogether {
  private static final int BUYERS_MAX = 500;
  private static final int DEEDS_MAX = 400;
  private static final long BASKET_MICROS = 86_400_000_000L;
  private static final float OTHER_BASKET = 0.25f;

  /** Common buyers that halve the discount. */
  private static final float SHRINKAGE = 2;

  private final LiveTenant tenant;
  private final Shelf shelf;
  private final Accumulator all;
  private final Accumulator common;
  private final Accumulator own;

  /** When the buyer who is looked at bought the item, the latest first. */
  private final long[] boughtAt = new long[8];

  BoughtTogether(LiveTenant tenant, Shelf shelf) {
    this.tenant = tenant;
    this.shelf = shelf;
    this.all = new Accumulator(shelf.size());
    this.common = new Accumulator(shelf.size());
    this.own = new Accumulator(shelf.size());
  }

  /** The best {@code most} with all of these items together, best first; scores from 0 to 1. */
  Ranking with(int[] items, int most, IntPredicate eligible) {
    for (int item : items) add(item);
    var top = new TopK(most);
    for (int n = 0; n < all.count(); n++) {
      int other = all.index(n);
      float mean = all.sum(other) / items.length;
      if (mean > 0 && eligible.test(other)) top.offer(other, mean / (1 + mean));
    }
    return top.ranking();
  }

  private void add(int item) {
    Postings buyers = shelf.buyers();
    int from = Math.max(0, buyers.size(item) - BUYERS_MAX);
    int looked = buyers.size(item) - from;
    if (looked == 0) return;
    common.clear();
    for (int n = from; n < buyers.size(item); n++) count(item, tenant.deeds(buyers.user(item, n)));
    for (int n = 0; n < common.count(); n++) {
      int other = common.index(n);
      float both = common.sum(other);
      double anybody = Math.max(1, buyers.size(other)) / (double) Math.max(1, tenant.users());
      double likely = both / looked / Math.sqrt(anybody);
      all.add(other, (float) (likely * both / (both + SHRINKAGE)));
    }
  }

  /** What one buyer of an item bought as well; each thing once, by the nearest purchase of it. */
  private void count(int item, Deeds deeds) {
    own.clear();
    int from = Math.max(0, deeds.size() - DEEDS_MAX);
    int times = times(item, deeds, from);
    for (int n = from; n < deeds.size(); n++) {
      if (!tenant.kinds().isPurchase(deeds.type(n))) continue;
      int other = tenant.item(shelf, deeds.entity(n));
      if (other < 0 || other == item || !shelf.isLive(other)) continue;
      float weight = isNear(times, deeds.atMicros(n)) ? 1f : OTHER_BASKET;
      if (weight > own.sum(other)) own.add(other, weight - own.sum(other));
    }
    for (int n = 0; n < own.count(); n++) common.add(own.index(n), own.sum(own.index(n)));
  }

  /** Notes when the item was bought, at most so often as there is room for. */
  private int times(int item, Deeds deeds, int from) {
    int count = 0;
    for (int n = deeds.size() - 1; n >= from && count < boughtAt.length; n--) {
      if (!tenant.kinds().isPurchase(deeds.type(n))) continue;
      if (tenant.item(shelf, deeds.entity(n)) == item) boughtAt[count++] = deeds.atMicros(n);
    }
    return count;
  }

  private boolean isNear(int times, long atMicros) {
    for (int n = 0; n < times; n++) {
      if (Math.abs(boughtAt[n] - atMicros) <= BASKET_MICROS) return true;
    }
    return false;
  }
}
