package dev.kindred.learn;

import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;

/**
 * What is popular with a slice of users: how much everybody does with each item lately, times by
 * how much more the slice takes it. So what is new or over counts as it does for everybody, and
 * where the slice says nothing, the order is everybody's.
 */
public final class SlicePopularity {
  private final Ranking ranking;
  private final float[] scores;

  private SlicePopularity(Ranking ranking, float[] scores) {
    this.ranking = ranking;
    this.scores = scores;
  }

  /**
   * @param scores of all items; 0 for one that does not count
   */
  static SlicePopularity of(float[] scores) {
    float most = 0;
    for (float score : scores) most = Math.max(most, score);
    var all = new TopK(scores.length);
    for (int item = 0; item < scores.length; item++) {
      if (scores[item] > 0) scores[item] /= most;
      if (scores[item] > 0) all.offer(item, scores[item]);
    }
    return new SlicePopularity(all.ranking(), scores);
  }

  /** Items that are taken, the most popular first; scores from 0 to 1. */
  public Ranking ranking() {
    return ranking;
  }

  /** Between 0 and 1; the popularity of an item on its own. */
  public float of(int item) {
    return item < scores.length ? scores[item] : 0;
  }

  /** How many numbers it holds. */
  int numbers() {
    return scores.length + 2 * ranking.size();
  }
}
