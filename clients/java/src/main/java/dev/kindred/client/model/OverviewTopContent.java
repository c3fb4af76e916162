package dev.kindred.client.model;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Content with much going on around it. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record OverviewTopContent(String contentId, String mediaType, String title, long events) {}
