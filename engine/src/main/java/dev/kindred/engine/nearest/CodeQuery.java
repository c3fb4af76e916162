package dev.kindred.engine.nearest;

import dev.kindred.engine.statistics.Normal;

/**
 * A query as compared with short codes, and how far a code may be from it.
 *
 * <p>An item's code keeps only signs. The query's numbers are known, and where they are large a
 * different sign says more: such a bit counts {@value #HEAVY}, the others 1. That is the query
 * rounded to two bits a coordinate, and nearly as good as all of them.
 *
 * <p>In the turned space coordinates are as if drawn from the normal distribution. For items with a
 * given cosine ρ to the query the distance then has an expectation and a spread that depend on ρ
 * alone; they are tabulated here. With g the query's coordinate and w its weight, a sign differs
 * with probability p = Φ(−ρg/√(1−ρ²)); the expectation is E[w·p]. The variance is E[w²·p·(1−p)],
 * less what the knowledge of ρ takes out of it: the item's part beside the query is orthogonal to
 * it.
 */
final class CodeQuery {
  private static final int HEAVY = 3;

  /** Where rounding to ±1 and ±3 loses least, in standard deviations. */
  private static final double HEAVY_FROM = 0.996;

  private static final int STEPS = 64;
  private static final double[] EXPECTED = new double[2 * STEPS + 1];
  private static final double[] SPREAD = new double[2 * STEPS + 1];

  static {
    for (int step = 0; step <= 2 * STEPS; step++) tabulate(step);
  }

  private final long[] signs;
  private final long[] heavy;
  private final int weight;

  CodeQuery(Quantised query) {
    byte[] values = query.values();
    signs = query.code();
    heavy = new long[signs.length];
    double heavyFrom =
        query.factor() == 0
            ? Double.POSITIVE_INFINITY
            : HEAVY_FROM / (query.factor() * Math.sqrt(values.length));
    int heavyBits = 0;
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(values[i]) < heavyFrom) continue;
      heavy[i / Long.SIZE] |= 1L << i;
      heavyBits++;
    }
    weight = values.length + (HEAVY - 1) * heavyBits;
  }

  long[] signs() {
    return signs;
  }

  long[] heavy() {
    return heavy;
  }

  /**
   * The distance that an item of this cosine exceeds only if it is {@code tolerance} standard
   * deviations off.
   */
  int distanceOf(float cosine, double tolerance) {
    double at = (Math.clamp(cosine, -1, 1) + 1) * STEPS;
    int step = Math.min((int) at, 2 * STEPS - 1);
    double expected = between(EXPECTED, step, at - step) * weight;
    double spread = between(SPREAD, step, at - step) * Math.sqrt(signs.length * Long.SIZE);
    return (int) Math.ceil(expected + tolerance * spread);
  }

  private static double between(double[] table, int step, double part) {
    return table[step] + part * (table[step + 1] - table[step]);
  }

  /** The share of the weight expected to differ, and the spread of the distance for one bit. */
  private static void tabulate(int step) {
    double cosine = (double) (step - STEPS) / STEPS;
    double slope = cosine / Math.sqrt(Math.max(1e-12, 1 - cosine * cosine));
    int points = 96;
    double width = 6.0 / points;
    double all = 0;
    double differing = 0;
    double variance = 0;
    double known = 0;
    for (int point = 0; point < points; point++) {
      double g = (point + 0.5) * width;
      double share = 2 * Normal.density(g) * width;
      double w = g >= HEAVY_FROM ? HEAVY : 1;
      double p = Normal.below(-slope * g);
      all += share * w;
      differing += share * w * p;
      variance += share * w * w * p * (1 - p);
      known += share * w * g * Normal.density(slope * g);
    }
    EXPECTED[step] = differing / all;
    SPREAD[step] = Math.sqrt(Math.max(0, variance - known * known));
  }
}
