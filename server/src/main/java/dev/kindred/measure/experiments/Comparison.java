package dev.kindred.measure.experiments;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Variants against another, by one metric.
 *
 * @param variants usually one; all that are no holdouts where a holdout is what they are compared
 *     with
 * @param rates of users who converted
 * @param values what users were worth
 * @param adjusted the same with what their behaviour before foretold taken out
 * @param varianceTaken the share of the variance that was taken out
 * @param usersNeeded in each variant, to find such a difference of rates with power 0.8
 * @param daysNeeded until as many have come, and as many as the design asks for
 */
public record Comparison(
    List<String> variants,
    String against,
    Difference rates,
    Difference values,
    Difference adjusted,
    double varianceTaken,
    OptionalLong usersNeeded,
    OptionalDouble daysNeeded) {}
