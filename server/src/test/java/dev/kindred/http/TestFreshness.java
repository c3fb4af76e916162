package dev.kindred.http;

import java.time.Duration;

/** A tail that has seen what a test says. */
final class TestFreshness implements Freshness {

  private volatile long seen;

  void see(long position) {
    seen = position;
  }

  @Override
  public long seen() {
    return seen;
  }

  @Override
  public boolean await(long position, Duration atMost) {
    return seen >= position;
  }
}
