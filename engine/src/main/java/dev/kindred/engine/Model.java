package dev.kindred.engine;

/**
 * What a family learned: it scores every item for any history, and says what each item of the
 * history gave.
 *
 * <p>The user need not have been there at training. Scores are comparable within one model and one
 * history only. A model never changes, and may be read by any number of threads.
 */
public interface Model {
  int items();

  /** Adds {@code scale} times the score of every item to {@code scores}. */
  void addScores(History history, float scale, float[] scores);

  /** The same, touching only the items that get a score, {@link #base} aside. */
  default void addScores(History history, float scale, Accumulator sums) {
    float[] dense = new float[items()];
    addScores(history, scale, dense);
    for (int item = 0; item < dense.length; item++) {
      float score = dense[item] - scale * base(item);
      if (score != 0f) sums.add(item, score);
    }
  }

  /**
   * What each entry of the history gave to the score of {@code item}; with {@link #base} they sum
   * to it.
   */
  float[] parts(History history, int item);

  /** What every user's score for the item holds, whatever the history. */
  default float base(int item) {
    return 0f;
  }

  /** Whether {@link #base} is anything but zero for any item. */
  default boolean hasBase() {
    return false;
  }

  default float[] scores(History history) {
    float[] scores = new float[items()];
    addScores(history, 1f, scores);
    return scores;
  }
}
