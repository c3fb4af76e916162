package dev.kindred.collect;

import dev.kindred.domain.Event;
import java.util.List;

/** Whoever keeps something in memory in step with the log. */
@FunctionalInterface
public interface Follower {

  /**
   * Takes the next events: each once and in order, on one thread at a time. Writers wait for this,
   * so it is quick. If it throws, these events are lost to it, and it gets the next ones.
   */
  void follow(List<Event> events);
}
