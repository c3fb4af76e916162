package dev.kindred.store;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the users of a tenant did. Lists are newest first: by time, then by position. */
public interface Interactions {

  List<RecordedInteraction> ofUser(UserId user, Page page);

  /** Those with a deleted entity of that key are among them: they stay for the record. */
  List<RecordedInteraction> ofEntity(EntityKey entity, Page page);

  /**
   * Those of one type that are stored after a position, in the order of their positions, streamed
   * in constant memory.
   */
  void scan(String type, long afterPosition, Consumer<Scanned> reader);

  /**
   * All interactions in the order of their positions, a stretch of them.
   *
   * @param between when they happened
   * @param limit at most so many; fewer come back only at the end
   */
  List<Kept> inOrder(Between between, long afterPosition, int limit);

  /**
   * What a user's behaviours added up to that are no longer kept one by one, streamed in the order
   * of entities, types and circumstances.
   */
  void folded(UserId user, Consumer<Folded> reader);

  /**
   * When those users last did something, whether it is kept one by one or in sums; nothing of those
   * of whom nothing is kept.
   */
  Map<Integer, Instant> newestOf(List<Integer> users);

  /** Sums of behaviours with names in the place of their numbers. */
  record Folded(EntityKey entity, String type, BehaviourSum sums) {}

  /** A stretch of time, from its start to before its end; either end may be open. */
  record Between(Optional<Instant> from, Optional<Instant> until) {}

  /**
   * An interaction as it is kept.
   *
   * @param hasOwnWeight whether its weight is its own; otherwise its type's counts
   * @param isOfDeleted whether its entity was deleted since, so that it counts no more
   */
  record Kept(RecordedInteraction interaction, boolean hasOwnWeight, boolean isOfDeleted) {}

  /** What tells an interaction of a type from all others, and where it is stored. */
  record Scanned(long position, UserId user, EntityKey entity, Instant at) {}

  /** A part of a list: skip {@code offset} rows, or start after a row that was seen before. */
  record Page(int limit, int offset, Optional<After> after) {}

  /** The last row that was seen: its time in microseconds and its position. */
  record After(long atMicros, long position) {}
}
