package dev.kindred.engine.nearest;

import dev.kindred.engine.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parts directions into two groups that lie close together: spherical k-means with k = 2.
 *
 * <p>The start is two members far apart, so the same members give the same groups. Neither group
 * gets less than an eighth: outliers, or members that are all equal, must not leave a group as
 * large as before.
 */
final class TwoMeans {
  private static final int ROUNDS = 6;
  private static final int SMALLEST_SHARE = 8;

  private TwoMeans() {}

  /** Which members go to the second group. */
  static boolean[] second(List<Quantised> members) {
    int length = members.getFirst().values().length;
    var first = farthest(members, Centre.of(members, length).direction());
    var second = farthest(members, first);
    float[] leaning = leaning(members, first, second);
    for (int round = 0; round < ROUNDS; round++) {
      var one = new ArrayList<Quantised>();
      var two = new ArrayList<Quantised>();
      for (int m = 0; m < leaning.length; m++) (leaning[m] > 0 ? two : one).add(members.get(m));
      if (one.isEmpty() || two.isEmpty()) break;
      leaning =
          leaning(members, Centre.of(one, length).direction(), Centre.of(two, length).direction());
    }
    return cut(leaning);
  }

  /** Cuts where the leaning changes sign, or as near to it as both groups are large enough. */
  private static boolean[] cut(float[] leaning) {
    int all = leaning.length;
    int smallest = all / SMALLEST_SHARE;
    int leaningToSecond = 0;
    for (float l : leaning) if (l > 0) leaningToSecond++;
    int wanted = Math.clamp(leaningToSecond, smallest, all - smallest);
    long[] order = new long[all];
    for (int m = 0; m < all; m++) order[m] = TopK.pack(leaning[m], m);
    Arrays.sort(order);
    boolean[] second = new boolean[all];
    for (int m = all - wanted; m < all; m++) second[TopK.index(order[m])] = true;
    return second;
  }

  private static float[] leaning(List<Quantised> members, Quantised first, Quantised second) {
    float[] leaning = new float[members.size()];
    for (int m = 0; m < leaning.length; m++) {
      leaning[m] = members.get(m).cosine(second) - members.get(m).cosine(first);
    }
    return leaning;
  }

  private static Quantised farthest(List<Quantised> members, Quantised from) {
    var farthest = members.getFirst();
    float least = Float.POSITIVE_INFINITY;
    for (var member : members) {
      float cosine = member.cosine(from);
      if (cosine < least) {
        least = cosine;
        farthest = member;
      }
    }
    return farthest;
  }
}
