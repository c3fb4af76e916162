package dev.kindred.recommend;

import dev.kindred.engine.Accumulator;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

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

  /**
   * Lends working memory; keeps a bounded number of pieces at rest. What was given back last is
   * lent first, as it is still near the processor.
   */
  static final class Pool {
    private final AtomicReferenceArray<@Nullable Scratch> resting;

    Pool(int most) {
      resting = new AtomicReferenceArray<>(most);
    }

    Scratch lend(int items) {
      Scratch scratch = take();
      if (scratch == null || scratch.items() < items) {
        scratch = new Scratch(items + items / 8 + 64);
      }
      scratch.round++;
      return scratch;
    }

    private @Nullable Scratch take() {
      for (int n = 0; n < resting.length(); n++) {
        Scratch scratch = resting.getAndSet(n, null);
        if (scratch != null) return scratch;
      }
      return null;
    }

    void giveBack(Scratch scratch) {
      scratch.sums.clear();
      for (int n = 0; n < resting.length(); n++) {
        if (resting.compareAndSet(n, null, scratch)) return;
      }
    }
  }
}
