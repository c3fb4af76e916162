package dev.kindred.collect;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands values from one thread to one other, in their order: who brings one waits until it is
 * taken, and who takes one is done with that before. Interrupts do not end the waiting.
 */
final class Handover<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Null while there is none to be taken. */
  private @Nullable T lying;

  private boolean takerWorks;

  /** Returns when the other thread has taken it. */
  void give(T value) {
    lock.lock();
    try {
      lying = value;
      changed.signal();
      while (lying != null) changed.awaitUninterruptibly();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next value. Whoever asks for it is done with the one before. */
  T take() {
    lock.lock();
    try {
      takerWorks = false;
      while (true) {
        T taken = lying;
        if (taken == null) {
          changed.awaitUninterruptibly();
          continue;
        }
        lying = null;
        takerWorks = true;
        changed.signal();
        return taken;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything that was given is done with. */
  boolean isDone() {
    lock.lock();
    try {
      return lying == null && !takerWorks;
    } finally {
      lock.unlock();
    }
  }
}
