package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a tenant has set for itself. */
public record TenantConfig(
    String tenantId,
    int version,
    Map<String, Object> config,
    Optional<Instant> updatedAt,
    Optional<Long> position) {
  /** What is left out is empty. */
  public TenantConfig {
    config = config == null ? Map.of() : config;
  }
}
