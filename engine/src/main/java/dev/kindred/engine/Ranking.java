package dev.kindred.engine;

/**
 * Items with their scores, best first. The arrays are the ranking's own: who made it hands them
 * over, who reads it leaves them as they are.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Ranking(int[] items, float[] scores) {
  public static final Ranking EMPTY = new Ranking(new int[0], new float[0]);

  public Ranking {
    if (items.length != scores.length) {
      throw new IllegalArgumentException(
          "as many scores as items: " + scores.length + " for " + items.length);
    }
  }

  static Ranking ofPacked(long[] packed) {
    int[] items = new int[packed.length];
    float[] scores = new float[packed.length];
    for (int n = 0; n < packed.length; n++) {
      items[n] = TopK.index(packed[n]);
      scores[n] = TopK.score(packed[n]);
    }
    return new Ranking(items, scores);
  }

  public int size() {
    return items.length;
  }
}
