package dev.kindred.collect;

import dev.kindred.domain.Event;
import dev.kindred.domain.Unavailable;
import dev.kindred.store.EventLog;
import dev.kindred.store.EventLog.Appended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log and tells its followers what is new, in the order of the log.
 *
 * <p>{@link GroupCommit} reports what this replica has appended before it acknowledges it, and
 * hands its events over; what the others append is found by {@link #poll}, which somebody calls a
 * few times a second, and is read from the log, as is ours where theirs stand before it. Safe for
 * any number of threads.
 */
public final class Tail {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final int EVENTS_A_READ = 1_000;

  private final EventLog log;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /** Held while events are read and handed over. */
  private final ReentrantLock reading = new ReentrantLock();

  /** Held for a moment when the position moves, and by those who wait for that. */
  private final ReentrantLock moving = new ReentrantLock();

  private final Condition moved = moving.newCondition();

  /** Up to here all followers know the log. Written by the holder of both locks. */
  private volatile long position;

  /** The newest position that was seen when somebody last looked. */
  private volatile long head;

  private volatile boolean isFailing;

  /** Follows a log from its present end on. */
  public Tail(EventLog log) {
    this.log = log;
    this.position = log.head();
    this.head = position;
  }

  /** Up to here all followers know the log. */
  public long position() {
    return position;
  }

  /** How many positions were kept, as of the last look, that followers do not know of yet. */
  public long lag() {
    return Math.max(0, head - position);
  }

  /**
   * Tells a follower all events after {@code after}: those that there are before this returns, and
   * the others as they come.
   */
  public void tell(Follower follower, long after) {
    reading.lock();
    try {
      readOnTo(log.head());
      for (long at = after; at < position; ) {
        var events = new ArrayList<Event>();
        long next = log.read(at, (int) Math.min(EVENTS_A_READ, position - at), events::add);
        if (!events.isEmpty()) handOver(follower, events);
        if (next == at) break;
        at = next;
      }
      followers.add(follower);
    } finally {
      reading.unlock();
    }
  }

  /**
   * Catches up with what this replica has appended: at once where nobody else's positions lie in
   * between. Where that fails, what was appended is safe and the next {@link #poll} tries again.
   */
  void appended(Appended appended) {
    if (appended.position() <= position) return;
    reading.lock();
    try {
      if (appended.after() == position) {
        tellAll(appended.events());
        moveTo(appended.position());
      } else {
        readOnTo(appended.position());
      }
    } catch (RuntimeException | Error failure) {
      report(failure);
    } finally {
      reading.unlock();
    }
  }

  /** Catches up with what others have appended. Never throws. */
  public void poll() {
    try {
      head = log.head();
    } catch (RuntimeException | Error failure) {
      report(failure);
      return;
    }
    if (!reading.tryLock()) return;
    try {
      readOnTo(head);
      isFailing = false;
    } catch (RuntimeException | Error failure) {
      report(failure);
    } finally {
      reading.unlock();
    }
  }

  /**
   * Waits until all followers know the log up to {@code wanted}.
   *
   * @throws Unavailable if they do not by then
   */
  public void awaitPosition(long wanted, Duration timeout) throws InterruptedException {
    if (position >= wanted) return;
    poll();
    long left = timeout.toNanos();
    moving.lock();
    try {
      while (position < wanted) {
        if (left <= 0) throw Unavailable.notYetVisible(wanted, position);
        left = moved.awaitNanos(left);
      }
    } finally {
      moving.unlock();
    }
  }

  private void readOnTo(long end) {
    if (followers.isEmpty()) moveTo(Math.max(end, position));
    while (position < end) {
      var events = new ArrayList<Event>();
      long next = log.read(position, EVENTS_A_READ, events::add);
      if (next == position) return;
      tellAll(events);
      moveTo(next);
    }
  }

  private void tellAll(List<Event> events) {
    if (events.isEmpty()) return;
    List<Event> handed = Collections.unmodifiableList(events);
    for (Follower follower : followers) handOver(follower, handed);
  }

  private static void handOver(Follower follower, List<Event> events) {
    try {
      follower.follow(events);
    } catch (RuntimeException | Error failure) {
      LOG.error(
          "a follower of the log failed, follower={} positions={}..{}",
          follower.getClass().getName(),
          events.getFirst().position(),
          events.getLast().position(),
          failure);
    }
  }

  private void moveTo(long next) {
    moving.lock();
    try {
      position = next;
      moved.signalAll();
    } finally {
      moving.unlock();
    }
  }

  /** Says once that the log is out of reach, not four times a second. */
  private void report(Throwable failure) {
    if (!isFailing) LOG.warn("cannot follow the log, position={}", position, failure);
    isFailing = true;
  }
}
