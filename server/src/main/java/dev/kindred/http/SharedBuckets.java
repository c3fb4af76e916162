package dev.kindred.http;

import java.util.Optional;

/** Buckets of requests that all replicas take from. */
public interface SharedBuckets {

  /**
   * Takes one request from a bucket that refills so fast and holds so many; empty where that cannot
   * be told quickly enough.
   */
  Optional<Taken> take(String name, int perMinute, int burst);

  /**
   * What became of it.
   *
   * @param debtNanos how long it takes until the bucket is full again
   */
  record Taken(boolean taken, long debtNanos) {}
}
