package dev.kindred.engine.judge;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;

/**
 * Makes lists by a model, at the cost of the items that a history speaks for and not of all there
 * are. The lists are those that scoring every item gives. For one thread.
 */
public final class Lister {
  /** One is worth making for so many lists at least. */
  static final int AT_ONCE = 200;

  private final Model model;
  private final Base base;
  private final Accumulator sums;
  private final int[] unwantedIn;
  private int round;

  Lister(Model model, Base base) {
    this.model = model;
    this.base = base;
    this.sums = new Accumulator(model.items());
    this.unwantedIn = new int[model.items()];
  }

  /**
   * All items in the order of what they score for any history. Made once for a model, for any
   * number of threads.
   *
   * @param order nothing where that is the same for all of them
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Base(int[] order) {
    static Base of(Model model) {
      if (!model.hasBase()) return new Base(new int[0]);
      var all = new TopK(model.items());
      for (int item = 0; item < model.items(); item++) all.offer(item, model.base(item));
      return new Base(all.ranking().items());
    }

    int item(int rank) {
      return order.length == 0 ? rank : order[rank];
    }
  }

  /** The best {@code k} items that are not unwanted. */
  public Ranking best(History history, int[] unwanted, int k) {
    add(history);
    round++;
    for (int item : unwanted) unwantedIn[item] = round;
    var top = new TopK(k);
    for (int n = 0; n < sums.count(); n++) {
      int item = sums.index(n);
      if (unwantedIn[item] != round) top.offer(item, score(item));
    }
    for (int rank = 0, found = 0; found < k && rank < model.items(); rank++) {
      int item = base.item(rank);
      if (unwantedIn[item] == round || sums.isTouched(item)) continue;
      top.offer(item, score(item));
      found++;
    }
    return top.ranking();
  }

  /** Scores the items for a history, to be asked for by {@link #score}. */
  void add(History history) {
    sums.clear();
    model.addScores(history, 1f, sums);
  }

  /** What the item scored for the history that was last heard. */
  public float score(int item) {
    return sums.sum(item) + model.base(item);
  }
}
