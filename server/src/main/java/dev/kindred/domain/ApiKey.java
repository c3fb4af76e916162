package dev.kindred.domain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A key that opens the API. The secret itself is shown once and kept only as a hash.
 *
 * @param id its public name, safe to show and to log
 * @param hash SHA-256 of the secret, in hex
 * @param tenant whose data it opens; absent: every tenant's
 * @param origins the web origins that a publishable key is bound to
 * @param requestsPerMinute its own rate limit; absent: the server's
 */
public record ApiKey(
    String id,
    String name,
    String hash,
    Kind kind,
    Optional<TenantId> tenant,
    List<String> origins,
    OptionalInt requestsPerMinute,
    Instant createdAt,
    Optional<Instant> revokedAt) {

  /** What a key may do. */
  public enum Kind {
    /** Everything. */
    ADMIN,
    /** Data and recommendations of its tenant. */
    SERVER,
    /** In a browser: record interactions and read recommendations of its tenant. */
    PUBLISHABLE;

    public static Kind of(String name) {
      for (Kind kind : values()) if (kind.word().equals(name)) return kind;
      throw new InvalidRequest(
          "kind must be admin, server or publishable, got " + Text.shown(name));
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ApiKey {
    origins = List.copyOf(origins);
    if (name.length() > 200) {
      throw new InvalidRequest("name must have at most 200 characters, got " + name.length());
    }
    if (kind == Kind.PUBLISHABLE && tenant.isEmpty()) {
      throw new InvalidRequest("a publishable key belongs to one tenant; give tenant_id");
    }
    if (kind == Kind.PUBLISHABLE && origins.isEmpty()) {
      throw new InvalidRequest(
          "a publishable key is bound to web origins; give at least one in origins");
    }
    if (origins.size() > 100) {
      throw new InvalidRequest("origins must hold at most 100 entries, got " + origins.size());
    }
    if (requestsPerMinute.isPresent() && requestsPerMinute.getAsInt() < 1) {
      throw new InvalidRequest(
          "requests_per_minute must be at least 1, got " + requestsPerMinute.getAsInt());
    }
  }

  public boolean isRevoked() {
    return revokedAt.isPresent();
  }
}
