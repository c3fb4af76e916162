package dev.kindred.domain;

import java.util.Set;

/** Whose data it is. Nothing of one tenant ever shows in another's answers. */
public record TenantId(String value) {

  /** Path words of earlier clients; a tenant of such a name could not be addressed. */
  private static final Set<String> RESERVED = Set.of("user", "entity", "trending", "batch");

  public TenantId {
    Text.name("tenant_id", value, 64, "._-");
    if (RESERVED.contains(value)) {
      throw new InvalidRequest("tenant_id '" + value + "' is reserved; choose another name");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
