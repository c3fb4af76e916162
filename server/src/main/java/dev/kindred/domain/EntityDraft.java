package dev.kindred.domain;

import java.time.Instant;
import java.util.Optional;

/** What a caller says of an entity: everything but what only storing it can tell. */
public record EntityDraft(
    EntityKey key, JsonObject attributes, FeatureVector vector, Availability availability) {

  /** When an entity may be recommended; either end may be open. */
  public record Availability(Optional<Instant> from, Optional<Instant> until) {

    public static final Availability ALWAYS = new Availability(Optional.empty(), Optional.empty());

    public Availability {
      if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
        throw new InvalidRequest(
            "available_until must be after available_from, got "
                + from.get()
                + " to "
                + until.get());
      }
    }

    public boolean includes(Instant now) {
      return from.map(start -> !now.isBefore(start)).orElse(true)
          && until.map(now::isBefore).orElse(true);
    }
  }
}
