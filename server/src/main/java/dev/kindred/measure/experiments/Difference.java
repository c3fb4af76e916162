package dev.kindred.measure.experiments;

import dev.kindred.engine.statistics.AlwaysValid;
import dev.kindred.engine.statistics.Means;
import dev.kindred.engine.statistics.Power;
import dev.kindred.engine.statistics.Proportion;
import dev.kindred.engine.statistics.Proportions;
import dev.kindred.engine.statistics.Sample;

/**
 * By how much one variant's users differ from another's.
 *
 * @param interval of the difference, for one look at a size planned before
 * @param lift the difference as a part of what it is compared with; infinite or NaN where that is 0
 * @param test which made the p-value
 * @param pValue for one look
 * @param alwaysValidPValue that may be looked at any day
 * @param alwaysValid the interval of the difference that may be looked at any day
 * @param power how probably such a difference is found with so many users
 */
public record Difference(
    double difference,
    Range interval,
    double lift,
    Range liftInterval,
    Test test,
    double pValue,
    double alwaysValidPValue,
    Range alwaysValid,
    double power) {

  /** How a p-value was made. */
  public enum Test {
    /** Two proportions by the normal approximation. */
    Z,
    /** Two proportions with small counts, exactly. */
    FISHER,
    /** Two means whose variances may differ. */
    WELCH
  }

  static Difference of(Proportion treatment, Proportion control, AlwaysValid always) {
    double confidence = always.confidence();
    return new Difference(
        treatment.rate() - control.rate(),
        Range.of(Proportions.difference(treatment, control, confidence)),
        treatment.rate() / control.rate() - 1,
        Range.of(Proportions.lift(treatment, control, confidence)),
        Proportions.areSmall(treatment, control) ? Test.FISHER : Test.Z,
        Proportions.pValue(treatment, control),
        always.pValue(treatment, control),
        Range.of(always.difference(treatment, control)),
        Power.of(treatment, control, confidence));
  }

  static Difference of(Sample treatment, Sample control, AlwaysValid always) {
    double confidence = always.confidence();
    return new Difference(
        treatment.mean() - control.mean(),
        Range.of(Means.difference(treatment, control, confidence)),
        treatment.mean() / control.mean() - 1,
        Range.of(Means.lift(treatment, control, confidence)),
        Test.WELCH,
        Means.pValue(treatment, control),
        always.pValue(treatment, control),
        Range.of(always.difference(treatment, control)),
        Power.of(treatment, control, confidence));
  }
}
