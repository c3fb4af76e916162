package dev.kindred.client.model;

import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What came of one metric in one variant. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record MetricVariant(
    String variant,
    boolean control,
    Optional<String> holdout,
    long users,
    long converted,
    long conversions,
    double rate,
    Interval rateInterval,
    double value,
    double valueMean,
    Interval valueMeanInterval) {}
