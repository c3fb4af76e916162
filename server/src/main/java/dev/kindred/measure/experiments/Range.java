package dev.kindred.measure.experiments;

import dev.kindred.engine.statistics.Interval;

/** From {@code low} to {@code high}; infinite where nothing is known. */
public record Range(double low, double high) {

  static Range of(Interval interval) {
    return new Range(interval.low(), interval.high());
  }
}
