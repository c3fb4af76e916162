package dev.kindred.learn;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import java.util.BitSet;

/**
 * Works out, beside a model, what it cannot know yet: the live neighbours of items that something
 * has happened to since. A few items at a time, so that writers hardly wait.
 */
final class Refresher {
  /** Items whose neighbours are worked out in one run at most; the rest waits for the next. */
  private static final int ITEMS_A_RUN = 5_000;

  private static final int ITEMS_AT_ONCE = 4;

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
    for (int item = touched.nextSetBit(0); item >= 0; ) {
      int first = item;
      item =
          tenant.read(() -> {
            // A newer model knows more, and has had its own items put down to be looked at.
            if (!shelf.learned().name().equals(learned.name())) return -1;
            int next = first;
            for (int n = 0; n < ITEMS_AT_ONCE && next >= 0; n++) {
              refresh(next, learned, neighbourhood, known);
              next = touched.nextSetBit(next + 1);
            }
            return next;
          });
    }
    tenant.change(shelf::changed);
    return touched.cardinality();
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
    shelf.liveRows().put(item, fresh.ranking(), tenant.position());
  }
}
