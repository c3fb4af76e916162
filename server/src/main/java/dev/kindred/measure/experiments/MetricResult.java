package dev.kindred.measure.experiments;

import java.util.List;

/**
 * An experiment by one metric.
 *
 * @param comparisons of each variant with the control
 * @param incremental of all that are no holdouts, together, with each holdout: what recommending
 *     brings at all
 */
public record MetricResult(
    String metric,
    List<VariantResult> variants,
    List<Comparison> comparisons,
    List<Comparison> incremental) {

  public MetricResult {
    variants = List.copyOf(variants);
    comparisons = List.copyOf(comparisons);
    incremental = List.copyOf(incremental);
  }
}
