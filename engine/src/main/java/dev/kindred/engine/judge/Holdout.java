package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Order;
import dev.kindred.engine.SparseRows;
import java.util.SplittableRandom;

/**
 * A part to learn from and a part to be judged on: of each user's pairs a share is held out, at
 * least one, the latest where instants are known, else drawn by the seed. Users with a single pair
 * keep it. Held-out pairs below the weight that counts as relevant are dropped: they are neither
 * learned from nor asked for.
 */
public record Holdout(Interactions train, SparseRows heldOut) {

  public static Holdout of(Interactions all, double share, float relevant, long seed) {
    boolean[] isOut = new boolean[all.size()];
    var random = new SplittableRandom(seed);
    for (int user = 0; user < all.users(); user++) {
      int start = all.byUser().starts()[user];
      long[] keys = new long[all.byUser().size(user)];
      for (int n = 0; n < keys.length; n++) {
        keys[n] = all.isTimed() ? all.instant(start + n) : random.nextLong();
      }
      int out = Math.min(keys.length - 1, (int) Math.max(1, Math.round(share * keys.length)));
      int[] greatest = Order.descending(keys);
      for (int n = 0; n < out; n++) isOut[start + greatest[n]] = true;
    }
    float[] weights = all.byUser().values();
    return new Holdout(
        all.only((user, n) -> !isOut[n]),
        all.only((user, n) -> isOut[n] && weights[n] >= relevant).byUser());
  }
}
