package dev.kindred.store;

import dev.kindred.domain.ShownList;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lists that a tenant's users were shown. They stand in the log as they were kept, some at a time;
 * each belongs to its user and goes with them.
 */
public interface ShownLists {

  /** What a user was shown, the oldest first, streamed. */
  void ofUser(UserId user, Consumer<ShownList> reader);

  /**
   * By algorithm: how many lists are kept, and how many of them an interaction came of; of the
   * newest hundred thousand.
   */
  List<Tally> tallies();

  /**
   * Forgets what was shown before then.
   *
   * @return how many lists that were
   */
  int prune(Instant before);

  /** One algorithm's lists, and those of them that an interaction names. */
  record Tally(String algorithm, long shown, long followed) {}
}
