package dev.kindred.learn;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;

/**
 * Who took this item also took: the cosine between the users of one item and those of the others,
 * from what is known right now.
 *
 * <p>Common users over the root of the product of both items' users. Looks at the latest takers of
 * the item and at the latest deeds of each, so the cost has a bound however popular they are.
 */
public final class Neighbourhood {
  private static final int TAKERS_MAX = 500;
  private static final int DEEDS_MAX = 200;

  private final LiveTenant tenant;
  private final Shelf shelf;
  private final int[] takenBy;
  private final Accumulator common;

  /** For one thread, under the tenant's lock; does not see items that come later. */
  Neighbourhood(LiveTenant tenant, Shelf shelf) {
    this.tenant = tenant;
    this.shelf = shelf;
    this.takenBy = new int[shelf.size()];
    this.common = new Accumulator(shelf.size());
  }

  /** The {@code most} closest items, best first. */
  Ranking of(int item, int most) {
    Postings takers = shelf.postings();
    common.clear();
    int from = Math.max(0, takers.size(item) - TAKERS_MAX);
    for (int n = from; n < takers.size(item); n++) count(item, takers.user(item, n), n + 1 - from);
    for (int n = 0; n < common.count(); n++) takenBy[common.index(n)] = 0;
    float root = (float) Math.sqrt(takers.size(item));
    var top = new TopK(most);
    for (int n = 0; n < common.count(); n++) {
      int other = common.index(n);
      float cosine =
          common.sum(other) / (root * (float) Math.sqrt(Math.max(1, takers.size(other))));
      top.offer(other, Math.min(1f, cosine));
    }
    return top.ranking();
  }

  private void count(int item, int user, int round) {
    Deeds deeds = tenant.deeds(user);
    for (int n = Math.max(0, deeds.size() - DEEDS_MAX); n < deeds.size(); n++) {
      int other = tenant.item(shelf, deeds.entity(n));
      if (other < 0 || other >= takenBy.length || other == item) continue;
      if (takenBy[other] == round || !shelf.isLive(other)) continue;
      if (tenant.kinds().weight(deeds.type(n), deeds.weight(n)) <= 0) continue;
      takenBy[other] = round;
      common.add(other, 1f);
    }
  }
}
