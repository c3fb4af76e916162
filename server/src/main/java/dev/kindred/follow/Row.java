package dev.kindred.follow;

import dev.kindred.domain.Change;

/** A row of the main database as Kindred reads it. */
sealed interface Row {

  /** Where it stands among the rows of its source; see {@link Bound}. */
  long watermark();

  /**
   * It is to be kept.
   *
   * @param key a fingerprint of what tells it from others
   * @param content a fingerprint of all of it
   */
  record Kept(Change change, long key, long content, long watermark) implements Row {}

  /** It is not to be kept, and goes if it is there. */
  record Gone(Change change, long key, long watermark) implements Row {}

  /** It cannot be kept. */
  record Unfit(String key, String reason, long watermark) implements Row {}
}
