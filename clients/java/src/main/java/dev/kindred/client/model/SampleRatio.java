package dev.kindred.client.model;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Whether as many users came to each variant as its weight says. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record SampleRatio(boolean mismatch, double pValue, double alwaysValidPValue) {}
