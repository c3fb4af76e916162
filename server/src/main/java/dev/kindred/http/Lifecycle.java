package dev.kindred.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether requests are taken, and how many are under way. */
final class Lifecycle {

  /** From first to last. */
  enum Stage {
    /** Listening, with nothing behind it yet. */
    STARTING,
    SERVING,
    /** Still serving, but telling load balancers to look elsewhere. */
    DRAINING,
    /** Finishing what is under way and taking nothing new. */
    STOPPING
  }

  private final AtomicInteger underWay = new AtomicInteger();
  private volatile Stage stage = Stage.STARTING;

  Stage stage() {
    return stage;
  }

  void enter(Stage next) {
    stage = next;
  }

  void begin() {
    underWay.incrementAndGet();
  }

  void end() {
    if (underWay.decrementAndGet() == 0 && stage == Stage.STOPPING) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  int underWay() {
    return underWay.get();
  }

  /** Waits until nothing is under way, at most so long. */
  synchronized boolean awaitQuiet(Duration atMost) throws InterruptedException {
    long giveUp = System.nanoTime() + atMost.toNanos();
    while (underWay.get() > 0) {
      long left = (giveUp - System.nanoTime()) / 1_000_000;
      if (left <= 0) return false;
      wait(Math.min(left, 100));
    }
    return true;
  }

  /** Goes on serving so long. */
  synchronized void awaitDrain(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (true) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) return;
      wait(left);
    }
  }
}
