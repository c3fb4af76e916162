package dev.kindred.collect;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands values from one thread to one other, in their order. One may lie there while the other
 * thread works on the one before; who brings a third has to wait. Interrupts do not end the
 * waiting.
 */
final class Handover<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Null while nothing lies there.
  private @Nullable T next;
  private boolean takerWorks;

  void put(T value) {
    lock.lock();
    try {
      while (next != null) changed.awaitUninterruptibly();
      next = value;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next value. Whoever asks for it is done with the one before. */
  T take() {
    lock.lock();
    try {
      takerWorks = false;
      T taken = next;
      for (; taken == null; taken = next) changed.awaitUninterruptibly();
      next = null;
      takerWorks = true;
      changed.signal();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything that was put has been taken and is done with. */
  boolean isDone() {
    lock.lock();
    try {
      return next == null && !takerWorks;
    } finally {
      lock.unlock();
    }
  }
}
