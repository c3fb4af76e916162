package dev.kindred.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands values from one thread to one other, in their order. A few may lie there while the other
 * thread works on those before; who brings more has to wait. Interrupts do not end the waiting.
 */
final class Handover<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final int most;
  private final List<T> lying = new ArrayList<>();
  private boolean takerWorks;

  /**
   * @param most so many may lie there
   */
  Handover(int most) {
    this.most = most;
  }

  void put(T value) {
    lock.lock();
    try {
      while (lying.size() >= most) changed.awaitUninterruptibly();
      lying.add(value);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next values. Whoever asks for them is done with those before. */
  List<T> take() {
    lock.lock();
    try {
      takerWorks = false;
      while (lying.isEmpty()) changed.awaitUninterruptibly();
      List<T> taken = List.copyOf(lying);
      lying.clear();
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
      return lying.isEmpty() && !takerWorks;
    } finally {
      lock.unlock();
    }
  }
}
