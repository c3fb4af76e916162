package dev.kindred.http;

import java.time.Duration;

/** How much of the log the answers of this replica have seen. */
public interface Freshness {

  /** The newest position that every answer from now on has seen. */
  long seen();

  /** Waits until that position is seen, at most so long; returns whether it is. */
  boolean await(long position, Duration atMost) throws InterruptedException;
}
