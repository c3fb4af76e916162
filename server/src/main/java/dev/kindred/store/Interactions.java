package dev.kindred.store;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.List;
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

  /** What tells an interaction of a type from all others, and where it is stored. */
  record Scanned(long position, UserId user, EntityKey entity, Instant at) {}

  /** A part of a list: skip {@code offset} rows, or start after a row that was seen before. */
  record Page(int limit, int offset, Optional<After> after) {}

  /** The last row that was seen: its time in microseconds and its position. */
  record After(long atMicros, long position) {}
}
