package dev.kindred.measure.experiments;

import dev.kindred.engine.statistics.Paired;
import dev.kindred.engine.statistics.Proportion;
import dev.kindred.engine.statistics.Sample;
import dev.kindred.store.Experiments.ConvertedDay;
import dev.kindred.store.Experiments.ExposedDay;
import dev.kindred.store.Experiments.Sums;

/**
 * All users of a variant by one metric, summed up; what all statistics are made from.
 *
 * @param converted how many of the users did it at all
 * @param conversions how often, together
 * @param value the sum over users of what it was worth
 * @param before the sum over users of what they did before
 */
record Arm(
    long users,
    long converted,
    long conversions,
    double value,
    double valueSquares,
    double before,
    double beforeSquares,
    double valueTimesBefore) {

  static final Arm NOBODY = new Arm(0, 0, 0, 0, 0, 0, 0, 0);

  static Arm of(Sums sums, int variant, int metric) {
    Arm arm = NOBODY;
    for (ExposedDay day : sums.exposed()) {
      if (day.variant() == variant) arm = arm.plus(came(day));
    }
    for (ConvertedDay day : sums.converted()) {
      if (day.variant() == variant && day.metric() == metric) arm = arm.plus(did(day));
    }
    return arm;
  }

  private static Arm came(ExposedDay day) {
    return new Arm(day.users(), 0, 0, 0, 0, day.before(), day.beforeSquares(), 0);
  }

  private static Arm did(ConvertedDay day) {
    return new Arm(
        0,
        day.users(),
        day.conversions(),
        day.value(),
        day.valueSquares(),
        0,
        0,
        day.valueTimesBefore());
  }

  Arm plus(Arm other) {
    return new Arm(
        users + other.users,
        converted + other.converted,
        conversions + other.conversions,
        value + other.value,
        valueSquares + other.valueSquares,
        before + other.before,
        beforeSquares + other.beforeSquares,
        valueTimesBefore + other.valueTimesBefore);
  }

  Proportion rate() {
    return new Proportion(converted, users);
  }

  /** The users' values; 0 for those who did not convert. */
  Sample values() {
    return Sample.ofSums(users, value, valueSquares);
  }

  /** The users' values beside what they did before. */
  Paired paired() {
    Sample values = values();
    Sample did = Sample.ofSums(users, before, beforeSquares);
    double covariance = users < 2 ? 0 : (valueTimesBefore - before * values.mean()) / (users - 1.0);
    return new Paired(
        users, did.mean(), values.mean(), did.variance(), values.variance(), covariance);
  }
}
