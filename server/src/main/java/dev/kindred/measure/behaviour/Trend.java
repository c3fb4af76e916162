package dev.kindred.measure.behaviour;

/**
 * Whether more falls on a title now than usual: its decayed rate against its own baseline.
 *
 * <p>Both are events a day. The rate counts each event less the older it is, half after a day; the
 * baseline counts those of four weeks alike. One event a day is added to the baseline, so that what
 * hardly anybody looks at does not trend by chance.
 */
final class Trend {

  static final int BASELINE_HOURS = 28 * 24;

  private static final double HALF_LIFE_HOURS = 24;
  private static final double PRIOR = 1;

  /** What an event counts that is so many hours old. By StrictMath: the same everywhere. */
  private static final double[] DECAY = new double[BASELINE_HOURS + 1];

  static {
    for (int age = 0; age < DECAY.length; age++) {
      DECAY[age] = StrictMath.pow(0.5, age / HALF_LIFE_HOURS);
    }
  }

  private Trend() {}

  static double score(HourlyCounts hours, int now) {
    double recent = 0;
    long all = 0;
    for (int i = 0; i < hours.size(); i++) {
      int age = Math.max(0, now - hours.hour(i));
      if (age > BASELINE_HOURS) continue;
      recent += hours.count(i) * DECAY[age];
      all += hours.count(i);
    }
    double rate = recent * 24 * StrictMath.log(2) / HALF_LIFE_HOURS;
    double baseline = all * 24.0 / BASELINE_HOURS;
    return rate / (baseline + PRIOR);
  }
}
