package dev.kindred.learn;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import java.util.BitSet;

/**
 * Works out, beside a model, what it cannot know yet: the live neighbours of items that something
 * has happened to since. An item at a time, so that changes hardly wait.
 */
final class Refresher {
  /** Items whose neighbours are worked out in one run at most; the rest waits for the next. */
  private static final int ITEMS_A_RUN = 5_000;

  /** One more of more users than these says nothing new about what else they took. */
  private static final int MANY_TAKERS = 64;

  private final LiveTenant tenant;
  private final Shelf shelf;

  Refresher(LiveTenant tenant, Shelf shelf) {
    this.tenant = tenant;
    this.shelf = shelf;
  }

  /** Returns how many items got new neighbours. */
  int run() {
    Learned learned = shelf.learned();
    if (learned.isNothing()) return 0;
    BitSet touched = new BitSet();
    tenant.change(() -> touched.or(shelf.takeTouched(ITEMS_A_RUN)));
    if (touched.isEmpty()) return 0;
    var neighbourhood = tenant.read(() -> new Neighbourhood(tenant, shelf));
    var known = new Accumulator(learned.items());
    int[] refreshed = {0};
    for (int item = touched.nextSetBit(0); item >= 0; ) {
      int first = item;
      item =
          tenant.read(() -> {
            // A newer model knows more, and has had its own items put down to be looked at.
            if (!shelf.learned().name().equals(learned.name())) return -1;
            int next = nextDue(touched, first);
            if (next < 0) return next;
            refresh(next, learned, neighbourhood, known);
            refreshed[0]++;
            return touched.nextSetBit(next + 1);
          });
    }
    if (refreshed[0] > 0) tenant.change(shelf::changed);
    return refreshed[0];
  }

  /** The next item whose users are not nearly those of the last time. */
  private int nextDue(BitSet touched, int from) {
    int item = from;
    while (item >= 0) {
      int before = shelf.liveRows().takers(item);
      if (MANY_TAKERS * Math.abs(shelf.takers(item) - before) >= before) return item;
      item = touched.nextSetBit(item + 1);
    }
    return item;
  }

  private void refresh(int item, Learned learned, Neighbourhood neighbourhood, Accumulator known) {
    known.clear();
    if (item < learned.items()) {
      learned.model().addScores(learned.weighing().of(History.of(item)), 1f, known);
    }
    Ranking all = neighbourhood.of(item, LiveRows.NEIGHBOURS);
    var fresh = new TopK(all.size());
    for (int n = 0; n < all.size(); n++) {
      int other = all.items()[n];
      boolean isKnown = other < learned.items() && known.sum(other) != 0;
      if (!isKnown) fresh.offer(other, all.scores()[n]);
    }
    shelf.liveRows().put(item, fresh.ranking(), tenant.position(), shelf.takers(item));
  }
}
