package dev.kindred.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A list as it was shown.
 *
 * @param id by which an interaction says that it came of the list
 * @param user whom it was for; nobody where it was for anybody, or for somebody unknown
 * @param position as of which it was made
 * @param model by which it was made
 * @param variant of which experiment, where one had a say
 * @param items the best first
 */
public record ShownList(
    String id,
    Optional<UserId> user,
    String algorithm,
    long position,
    String model,
    Optional<OfExperiment> variant,
    List<EntityKey> items,
    Instant at) {

  public ShownList {
    items = List.copyOf(items);
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** A variant and its experiment. */
  public record OfExperiment(String experiment, String variant) {}

  /** The same list, without saying whom it was for. */
  public ShownList forAnybody() {
    return new ShownList(id, Optional.empty(), algorithm, position, model, variant, items, at);
  }
}
