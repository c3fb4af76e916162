package dev.kindred.learn;

import dev.kindred.engine.History;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.judge.Ground;
import dev.kindred.engine.judge.Lister;
import dev.kindred.engine.judge.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds how much likeness is to count beside what users did: mixes both as lists do, for users of
 * whom a part was held out, and takes the share whose lists find most of it. Each user costs one
 * look at the model and one search for what is near.
 */
final class MixSearch {
  /** Never nothing: what is new is known by its likeness alone. */
  private static final float LEAST = 0.02f;

  private static final float[] SHARES = {LEAST, 0.05f, 0.1f, 0.2f, 0.3f, 0.4f, 0.6f, 0.8f, 1f};

  /** More likeness than the least has to be worth so much. */
  private static final double GAIN_MIN = 2e-3;

  private static final int CASES_MAX = 1_000;

  /** The same where the database is asked twice for each. */
  private static final int CASES_FETCHED_MAX = 250;

  private static final int CANDIDATES = 100;

  /** How a share did. */
  record Tried(float share, Quality quality) {}

  /**
   * The best share, and all that were tried; nothing where no item has a vector.
   *
   * @param best NaN where there was nothing to try
   */
  record Found(float best, List<Tried> tried) {
    static final Found NOTHING = new Found(Float.NaN, List.of());
  }

  /** What a user may be shown: what users did and what is alike say of each item. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Case(int[] items, float[] together, float[] alike) {
    int[] list(float share, int k) {
      var top = new TopK(k);
      for (int n = 0; n < items.length; n++) {
        float score = (1 - share) * together[n] + share * alike[n];
        if (score > 0) top.offer(items[n], score);
      }
      return top.ranking().items();
    }
  }

  private final Ground ground;
  private final Weighing weighing;
  private final ShelfVectors vectors;
  private final float[] common;
  private final float half;

  /**
   * @param half the score of the ground's blend that counts one half
   */
  MixSearch(Ground ground, Weighing weighing, ShelfVectors vectors, float[] common, float half) {
    this.ground = ground;
    this.weighing = weighing;
    this.vectors = vectors;
    this.common = common;
    this.half = half;
  }

  Found find(Runnable goOn) {
    if (vectors.isEmpty()) return Found.NOTHING;
    int count = Math.min(vectors.areAtHand() ? CASES_MAX : CASES_FETCHED_MAX, ground.cases());
    var cases = new ArrayList<Case>(count);
    Lister lister = ground.lister();
    for (int n = 0; n < count; n++) {
      if (n % 64 == 0) goOn.run();
      cases.add(gather(n, lister));
    }
    var tried = new ArrayList<Tried>();
    for (float share : SHARES) {
      tried.add(new Tried(share, ground.judge(count, n -> cases.get(n).list(share, ground.k()))));
    }
    Tried best = tried.getFirst();
    for (Tried one : tried) {
      double bar = best.share() == LEAST ? 1 + GAIN_MIN : 1;
      if (worth(one) > bar * worth(best)) best = one;
    }
    return new Found(best.share(), tried);
  }

  private static double worth(Tried tried) {
    return tried.quality().ndcg() + tried.quality().recall();
  }

  private Case gather(int n, Lister lister) {
    History history = ground.history(n);
    int[] unwanted = ground.unwanted(n).clone();
    Arrays.sort(unwanted);
    Ranking best = lister.best(weighing.of(history), unwanted, CANDIDATES);
    return vectors.with(own -> gather(own, history, unwanted, best, lister));
  }

  private Case gather(
      ItemVectors own, History history, int[] unwanted, Ranking best, Lister lister) {
    int known = ground.blend().items();
    var aim = own.aim(history.items(), history.weights(), common);
    int[] near =
        aim.nearest(
            CANDIDATES, Integer.MAX_VALUE, -1f, item -> Arrays.binarySearch(unwanted, item) < 0);
    int[] items = IntStream.concat(positive(best), Arrays.stream(near)).distinct().toArray();
    float[] together = new float[items.length];
    float[] alike = new float[items.length];
    for (int m = 0; m < items.length; m++) {
      int item = items[m];
      float sum = item < known ? lister.score(item) : 0;
      together[m] = sum > 0 ? sum / (sum + half) : 0;
      alike[m] = Math.max(0f, aim.cosine(item));
    }
    return new Case(items, together, alike);
  }

  private static IntStream positive(Ranking ranking) {
    return IntStream.range(0, ranking.size())
        .filter(n -> ranking.scores()[n] > 0)
        .map(n -> ranking.items()[n]);
  }
}
