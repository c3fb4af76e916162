package dev.kindred.client.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What an experiment has shown so far. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record ExperimentResults(
    String experiment,
    String state,
    long version,
    String startDate,
    String endDate,
    long users,
    double confidence,
    SampleRatio sampleRatio,
    List<MetricResults> metrics,
    boolean minimumSampleReached,
    Optional<String> winner,
    String why) {
  /** What is left out is empty. */
  public ExperimentResults {
    metrics = metrics == null ? List.of() : metrics;
  }
}
