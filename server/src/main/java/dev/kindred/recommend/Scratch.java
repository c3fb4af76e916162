package dev.kindred.recommend;

import dev.kindred.engine.Accumulator;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Working memory of one request: a few numbers for each item of a shelf, lent and given back so
 * that a list costs no allocation of that size.
 */
final class Scratch {
  final Accumulator sums;

  /** Zero at rest. */
  final int[] places;

  /** Equal to {@link #round} for items that the request must not show. */
  final int[] hidden;

  /** Equal to {@link #round} for items that were looked at. */
  final int[] taken;

  final SimilarUsers similarUsers = new SimilarUsers();

  int round;

  private Scratch(int items) {
    sums = new Accumulator(items);
    places = new int[items];
    hidden = new int[items];
    taken = new int[items];
  }

  int items() {
    return places.length;
  }

  /** Lends working memory; keeps a bounded number of pieces at rest. */
  static final class Pool {
    private final ArrayBlockingQueue<Scratch> resting;

    Pool(int most) {
      resting = new ArrayBlockingQueue<>(most);
    }

    Scratch lend(int items) {
      Scratch scratch = resting.poll();
      if (scratch == null || scratch.items() < items) {
        scratch = new Scratch(items + items / 8 + 64);
      }
      scratch.round++;
      return scratch;
    }

    void giveBack(Scratch scratch) {
      scratch.sums.clear();
      boolean _ = resting.offer(scratch);
    }
  }
}
