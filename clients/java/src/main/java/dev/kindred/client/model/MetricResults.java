package dev.kindred.client.model;

import java.util.List;

/** What came of one metric. */
public record MetricResults(
    String metric,
    List<MetricVariant> variants,
    List<Comparison> comparisons,
    List<Comparison> incremental) {
  /** What is left out is empty. */
  public MetricResults {
    variants = variants == null ? List.of() : variants;
    comparisons = comparisons == null ? List.of() : comparisons;
    incremental = incremental == null ? List.of() : incremental;
  }
}
