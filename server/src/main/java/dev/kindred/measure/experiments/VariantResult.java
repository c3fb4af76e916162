package dev.kindred.measure.experiments;

import dev.kindred.domain.Variant;

/**
 * What became of a variant's users, by one metric.
 *
 * @param converted how many users did it at all
 * @param conversions how often, together
 * @param rateInterval Wilson's
 * @param value the sum of what it was worth
 * @param mean of that, a user
 */
public record VariantResult(
    Variant variant,
    boolean isControl,
    long users,
    long converted,
    long conversions,
    double rate,
    Range rateInterval,
    double value,
    double mean,
    Range meanInterval) {

  static VariantResult of(Variant variant, boolean isControl, Arm arm, double confidence) {
    return new VariantResult(
        variant,
        isControl,
        arm.users(),
        arm.converted(),
        arm.conversions(),
        arm.rate().rate(),
        Range.of(arm.rate().interval(confidence)),
        arm.value(),
        arm.values().mean(),
        Range.of(arm.values().interval(confidence)));
  }
}
