package dev.kindred.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Content as it was stored. */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record StoredContent(
    String contentId,
    @JsonProperty("entity_type") String entityType,
    Map<String, Object> attributes,
    Instant updatedAt,
    long position,
    List<String> warnings) {
  /** What is left out is empty. */
  public StoredContent {
    attributes = attributes == null ? Map.of() : attributes;
    warnings = warnings == null ? List.of() : warnings;
  }
}
