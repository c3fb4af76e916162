package dev.kindred.client.model;

import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** How much two differ, and how sure that is. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record Difference(
    Optional<Double> difference,
    Interval differenceInterval,
    Optional<Double> lift,
    Interval liftInterval,
    String test,
    double pValue,
    double alwaysValidPValue,
    Interval alwaysValidInterval,
    double power) {}
