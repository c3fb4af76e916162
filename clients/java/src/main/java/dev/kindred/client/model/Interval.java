package dev.kindred.client.model;

import java.util.Optional;

/** An interval; an end is null where it is not known. */
public record Interval(Optional<Double> low, Optional<Double> high) {}
