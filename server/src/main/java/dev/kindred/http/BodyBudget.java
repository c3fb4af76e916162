package dev.kindred.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all bodies together may take while they are handled: many large ones at once must
 * end in a refusal, not in a full heap. Small bodies are not counted.
 */
final class BodyBudget {

  /** Up to here a body is small. */
  static final int UNCOUNTED_BYTES = 64 << 10;

  private final long bytesMax;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** A quarter of the heap. */
  static BodyBudget ofThisMachine() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Takes so much if it is there; whoever is alone gets any amount. */
  boolean take(long bytes) {
    long now = taken.addAndGet(bytes);
    if (now <= bytesMax || now == bytes) return true;
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
