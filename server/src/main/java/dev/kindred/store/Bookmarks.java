package dev.kindred.store;

import java.util.Optional;

/**
 * How far work has come that goes on for ever, such as following another database: short texts
 * under names. Bookkeeping, not a change, so it takes no position in the log.
 */
public interface Bookmarks {

  Optional<String> find(String name);

  /** Sets a bookmark; the last one to do so wins. */
  void put(String name, String text);
}
