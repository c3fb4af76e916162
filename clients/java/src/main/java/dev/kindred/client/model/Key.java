package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What opens the API. The secret is there only in the answer that made the key, and only once. */
public record Key(
    String keyId,
    String name,
    String kind,
    Optional<String> tenantId,
    List<String> origins,
    Instant createdAt,
    Optional<Integer> requestsPerMinute,
    Optional<Instant> revokedAt,
    Optional<Long> position,
    Optional<String> key) {
  /** What is left out is empty. */
  public Key {
    origins = origins == null ? List.of() : origins;
  }
}
