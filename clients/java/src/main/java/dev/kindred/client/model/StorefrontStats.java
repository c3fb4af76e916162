package dev.kindred.client.model;

import java.util.List;
import java.util.Map;

/** How much there is, and how it is kept in step. */
public record StorefrontStats(
    String service,
    String version,
    Map<String, Object> mainDatabase,
    Map<String, Object> recommendationsDatabase,
    Map<String, Object> cacheInfo,
    Map<String, Object> configuration,
    List<Map<String, Object>> jobs) {

  /** What is left out is empty. */
  public StorefrontStats {
    jobs = jobs == null ? List.of() : jobs;
  }
}
