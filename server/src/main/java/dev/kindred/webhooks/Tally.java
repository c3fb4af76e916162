package dev.kindred.webhooks;

import java.util.concurrent.atomic.LongAdder;

/** Counts what came of telling. Any thread. */
public final class Tally {

  private final LongAdder arrived = new LongAdder();
  private final LongAdder inVain = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  void tried(boolean succeeded) {
    (succeeded ? arrived : inVain).increment();
  }

  void died() {
    givenUp.increment();
  }

  /** Messages that arrived. */
  public long arrived() {
    return arrived.sum();
  }

  /** Tries that were in vain. */
  public long inVain() {
    return inVain.sum();
  }

  /** Messages that were given up. */
  public long givenUp() {
    return givenUp.sum();
  }
}
