package dev.kindred.measure.experiments;

import dev.kindred.engine.statistics.SampleRatio;

/**
 * Whether as many users came to each variant as its weight says.
 *
 * @param isMismatch whether users got lost or were counted twice, so that nothing here can be
 *     trusted
 */
public record RatioCheck(double pValue, double alwaysValidPValue, boolean isMismatch) {

  /** Small, since a false alarm throws away an experiment and users come by the thousand. */
  public static final double ALARM = 0.001;

  static RatioCheck of(long[] users, double[] weights) {
    double always = SampleRatio.pValueAlwaysValid(users, weights);
    return new RatioCheck(SampleRatio.pValue(users, weights), always, always < ALARM);
  }
}
