package dev.kindred.engine.rerank;

import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import java.util.Arrays;

/**
 * Maximal marginal relevance: picks items one by one, each for its own score and for being unlike
 * those picked before.
 *
 * <p>With diversity d, the next item is the one with the greatest (1 − d) · relevance − d ·
 * (greatest similarity to any picked). Relevance is the score, stretched so that the candidates run
 * from 0 to 1; otherwise d would mean something else for each kind of score. At 0 the order stays
 * as it is. Ties go to the smaller index.
 *
 * <p>Every candidate remembers its greatest similarity so far, so each pick compares all that are
 * left with one item: count × candidates similarities. See Carbonell and Goldstein, The use of MMR
 * (1998).
 */
public final class Diversity {
  private Diversity() {}

  /** How alike two items are, between -1 and 1. */
  @FunctionalInterface
  public interface Similarity {
    float between(int item, int other);
  }

  /**
   * The first {@code count} of the candidates in the new order, with the scores that they came
   * with.
   */
  public static Ranking spread(
      Ranking candidates, int count, float diversity, Similarity similarity) {
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new IllegalArgumentException("diversity must be between 0 and 1, got " + diversity);
    }
    int size = candidates.size();
    int picks = Math.min(count, size);
    float[] relevance = stretched(candidates.scores());
    float[] nearest = new float[size];
    boolean[] picked = new boolean[size];
    int[] items = new int[picks];
    float[] scores = new float[picks];
    for (int pick = 0; pick < picks; pick++) {
      long best = Long.MIN_VALUE;
      int at = -1;
      for (int c = 0; c < size; c++) {
        if (picked[c]) continue;
        float value = (1 - diversity) * relevance[c] - diversity * nearest[c];
        long packed = TopK.pack(value, candidates.items()[c]);
        if (packed > best || at < 0) {
          best = packed;
          at = c;
        }
      }
      picked[at] = true;
      items[pick] = candidates.items()[at];
      scores[pick] = candidates.scores()[at];
      for (int c = 0; c < size; c++) {
        if (picked[c]) continue;
        float alike = similarity.between(candidates.items()[c], items[pick]);
        nearest[c] = pick == 0 ? alike : Math.max(nearest[c], alike);
      }
    }
    return new Ranking(items, scores);
  }

  private static float[] stretched(float[] scores) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      least = Math.min(least, score);
      most = Math.max(most, score);
    }
    float[] stretched = new float[scores.length];
    if (most > least) {
      for (int c = 0; c < scores.length; c++) stretched[c] = (scores[c] - least) / (most - least);
    } else {
      Arrays.fill(stretched, 1);
    }
    return stretched;
  }
}
