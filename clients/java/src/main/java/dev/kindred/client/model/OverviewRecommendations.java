package dev.kindred.client.model;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What became of recommendations, of interactions that name one. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record OverviewRecommendations(
    long shown, long acted, double clickThroughRate, double coverage) {}
