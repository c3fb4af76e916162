package dev.kindred.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What one user did, moved to another: somebody who was unknown turned out to be known.
 *
 * @param from whose it was; stays, without what was moved
 * @param into whose it is now
 * @param moved how many interactions, with those that are in sums only
 */
public record UserMerge(
    String id, UserId from, UserId into, long moved, Instant at, Optional<Instant> undoneAt) {

  /** So many interactions and sums of them are moved at most: it bounds a transaction. */
  public static final int INTERACTIONS_MAX = 10_000;

  public static InvalidRequest tooMany(UserId from) {
    return new InvalidRequest(
        "user '"
            + from
            + "' has more than "
            + INTERACTIONS_MAX
            + " interactions and sums of old behaviours, which is too many to move");
  }
}
