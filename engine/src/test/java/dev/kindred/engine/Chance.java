package dev.kindred.engine;

import java.util.SplittableRandom;

/**
 * Generated worlds for property tests: everything follows from the seed, which belongs in the
 * failure message.
 */
public final class Chance {
  private final SplittableRandom random;

  public Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public float uniform() {
    return (float) random.nextDouble();
  }

  /** A score from a small set, so that ties are common. */
  public float coarse() {
    return (random.nextInt(9) - 4) / 2f;
  }

  public float gaussian() {
    return (float) random.nextGaussian();
  }

  public float[] gaussians(int length) {
    float[] values = new float[length];
    for (int n = 0; n < length; n++) values[n] = gaussian();
    return values;
  }

  /**
   * Users with tastes: items fall into groups, each user likes one or two of them, some items are
   * popular.
   */
  public Interactions tastes(int users, int items, int each) {
    var builder = Interactions.builder().atLeast(users, items);
    int groups = Math.max(2, items / 15);
    for (int user = 0; user < users; user++) {
      int liked = below(groups);
      int count = between(1, each);
      for (int n = 0; n < count; n++) {
        int item =
            uniform() < 0.3f
                ? (int) (items * uniform() * uniform())
                : liked + groups * below(items / groups);
        builder.add(user, Math.min(item, items - 1), between(1, 3), 1000L * user + n);
      }
    }
    return builder.build();
  }
}
