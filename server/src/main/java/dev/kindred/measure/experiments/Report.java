package dev.kindred.measure.experiments;

import dev.kindred.domain.Experiment;
import java.time.LocalDate;
import java.util.List;

/**
 * All that can be said about an experiment.
 *
 * @param from the first day (UTC) on which users came who are counted here
 * @param to the last
 * @param users in all variants
 * @param confidence of intervals
 * @param metrics in the order of the design; the first decides
 */
public record Report(
    Experiment experiment,
    LocalDate from,
    LocalDate to,
    long users,
    double confidence,
    RatioCheck ratio,
    List<MetricResult> metrics,
    Verdict verdict) {

  public Report {
    metrics = List.copyOf(metrics);
  }
}
