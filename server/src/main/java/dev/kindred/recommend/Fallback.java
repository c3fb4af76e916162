package dev.kindred.recommend;

import dev.kindred.engine.Ranking;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.SlicePopularity;
import dev.kindred.learn.Standings;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Fills a list that is too short, rung by rung: what is popular with users like this one, what is
 * trending, what is popular, what is new. Each item scores less than those before it, so the list
 * stays in order. The last rung holds every item of the shelf: as long as there are eligible ones,
 * the list becomes full.
 */
final class Fallback {
  private final Shelf shelf;
  private final double trendingDays;
  private final IntPredicate eligible;
  private final Supplier<Optional<SlicePopularity>> slice;

  /**
   * @param slice what is popular with users like this one; asked only where it is needed
   */
  Fallback(
      Shelf shelf,
      double trendingDays,
      IntPredicate eligible,
      Supplier<Optional<SlicePopularity>> slice) {
    this.shelf = shelf;
    this.slice = slice;
    this.trendingDays = trendingDays;
    this.eligible = eligible;
  }

  /** Whom nothing is known about. */
  void fill(Picks picks) {
    fillFromSlice(picks);
    fillWithTrending(picks);
  }

  void fillFromSlice(Picks picks) {
    if (picks.isFull()) return;
    slice.get().ifPresent(with -> climb(picks, with.ranking(), Reason.POPULAR_IN_SEGMENT));
  }

  void fillWithTrending(Picks picks) {
    Standings standings = shelf.standings();
    if (!picks.isFull()) climb(picks, standings.trending(trendingDays), Reason.TRENDING);
    fillWithPopular(picks);
  }

  void fillWithPopular(Picks picks) {
    if (!picks.isFull()) climb(picks, shelf.standings().popular(), Reason.POPULAR);
    if (!picks.isFull()) climbNewest(picks);
  }

  void climb(Picks picks, Ranking list, Reason reason) {
    float floor = picks.floor();
    for (int n = 0; n < list.size() && !picks.isFull(); n++) {
      int item = list.items()[n];
      if (eligible.test(item) && !picks.has(item)) {
        picks.add(item, floor * list.scores()[n], reason);
      }
    }
  }

  private void climbNewest(Picks picks) {
    float floor = picks.floor();
    int size = shelf.size();
    for (int item = size - 1; item >= 0 && !picks.isFull(); item--) {
      if (eligible.test(item) && !picks.has(item)) {
        picks.add(item, floor * (item + 1) / (size + 1), Reason.NEW);
      }
    }
  }
}
