package dev.kindred.collect;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.Unavailable;
import dev.kindred.store.EventLog;
import dev.kindred.store.EventLog.Appended;
import dev.kindred.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has submissions kept: those of many callers share a transaction.
 *
 * <p>One thread writes. While it is committing, submissions queue up; when it is done, it takes all
 * that have come. So nobody waits for company when there is little to do, and the batches grow with
 * the load. Callers are released when what they wrote is durable and the {@link Tail} has told its
 * followers. Where there are several of them, a second thread sees to that while the first commits
 * what comes next: one batch is on its way to the disk and one is written, and the others gather in
 * the meantime, since many small batches cost more than few large ones. They are told one after the
 * other, in the order of the log.
 *
 * <p>{@link #keep} may be called by any number of threads.
 */
public final class GroupCommit implements AutoCloseable {

  /**
   * How much is taken.
   *
   * @param waitingBytes beyond this callers are turned away; a single submission always fits
   * @param batchChanges so many changes at most share a transaction, unless a submission has more
   * @param batchBytes so many bytes at most, unless a submission has more
   */
  public record Limits(long waitingBytes, int batchChanges, long batchBytes) {

    public static final Limits DEFAULT = new Limits(64L << 20, 10_000, 8L << 20);
  }

  private static final long CLOSED = Long.MIN_VALUE;

  private final EventLog log;
  private final Tail tail;
  private final Limits limits;
  private final Thread writer;
  private final Thread teller;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

  /**
   * The bytes of all that entered and is not answered yet, and {@link #CLOSED} on top once nobody
   * may enter any more. So exactly {@code CLOSED} means that all is done.
   */
  private final AtomicLong underWay = new AtomicLong();

  /** Whether the writer sleeps or is about to. */
  private volatile boolean writerIsIdle;

  /** From the writer to the teller. */
  private final Handover<Kept> untold = new Handover<>();

  private volatile Tracing tracing = Tracing.OFF;

  private final LongAdder submissions = new LongAdder();
  private final LongAdder batches = new LongAdder();

  private GroupCommit(EventLog log, Tail tail, Limits limits, ThreadFactory threads) {
    this.log = log;
    this.tail = tail;
    this.limits = limits;
    this.writer = threads.newThread(this::writeUntilClosed);
    this.teller = threads.newThread(this::tellUntilClosed);
  }

  /**
   * Begins to take submissions.
   *
   * @param threads makes the two threads, one that writes and one that tells; not virtual ones,
   *     since databases hold on to the thread that calls them
   */
  public static GroupCommit start(EventLog log, Tail tail, Limits limits, ThreadFactory threads) {
    var commit = new GroupCommit(log, tail, limits, threads);
    commit.writer.start();
    commit.teller.start();
    return commit;
  }

  /**
   * Has a submission kept and waits until it is durable. An interrupt does not end the waiting, for
   * what was handed over cannot be withdrawn.
   *
   * @throws Unavailable if too much is waiting already, after {@link #close}, and when the database
   *     is out of reach; then nothing was kept, unless it is the disk that fails when all is
   *     committed: that only the next start can tell
   */
  public Receipt keep(Submission submission) {
    var waiting = new Waiting(submission, SubmissionSize.bytesOf(submission));
    enter(waiting.bytes);
    queue.add(waiting);
    if (writerIsIdle) LockSupport.unpark(writer);
    try (var _ = tracing.call("database commit")) {
      return waiting.await();
    }
  }

  /** Tells from now on where the time of callers goes. */
  public void trace(Tracing newTracing) {
    tracing = newTracing;
  }

  private void enter(long bytes) {
    long now = underWay.get();
    while (true) {
      if (now < 0) throw Unavailable.shuttingDown();
      if (now > 0 && now + bytes > limits.waitingBytes()) {
        throw Unavailable.overloaded("the queue of writes");
      }
      long seen = underWay.compareAndExchange(now, now + bytes);
      if (seen == now) return;
      now = seen;
    }
  }

  /** How many bytes are waiting to be written. */
  public long waitingBytes() {
    return underWay.get() & Long.MAX_VALUE;
  }

  boolean isClosed() {
    return underWay.get() < 0;
  }

  /** How many submissions were written so far, or refused as a whole. */
  public long submissions() {
    return submissions.sum();
  }

  /** How many transactions it took. */
  public long batches() {
    return batches.sum();
  }

  /** Turns new callers away, writes what is waiting, and returns when all of it is answered. */
  @Override
  public void close() {
    underWay.getAndUpdate(bytes -> bytes < 0 ? bytes : bytes + CLOSED);
    LockSupport.unpark(writer);
    try {
      writer.join();
      teller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeUntilClosed() {
    var batch = new ArrayList<Waiting>();
    while (underWay.get() != CLOSED) {
      takeInto(batch);
      if (batch.isEmpty()) {
        sleep();
      } else {
        write(batch);
        batch.clear();
      }
    }
    untold.give(Kept.LAST);
  }

  /** The order of the three steps matters: a caller adds first and looks at the flag then. */
  private void sleep() {
    writerIsIdle = true;
    if (queue.isEmpty() && underWay.get() != CLOSED) LockSupport.park(this);
    writerIsIdle = false;
  }

  private void takeInto(List<Waiting> batch) {
    long changes = 0;
    long bytes = 0;
    for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
      changes += next.submission.changes().size();
      bytes += next.bytes;
      boolean fits = changes <= limits.batchChanges() && bytes <= limits.batchBytes();
      if (!fits && !batch.isEmpty()) return;
      batch.add(queue.remove());
    }
  }

  /**
   * Writes a batch. If that fails although the database is there, something in the batch is at
   * fault: each half is tried alone, so that the others do not suffer from it.
   */
  private void write(List<Waiting> batch) {
    Appended appended;
    try {
      appended = log.extendAhead(batch.stream().map(waiting -> waiting.submission).toList());
    } catch (RuntimeException | Error failure) {
      if (batch.size() == 1 || failure instanceof Unavailable || failure instanceof Error) {
        fail(batch.toArray(Waiting[]::new), failure);
      } else {
        int half = batch.size() / 2;
        write(batch.subList(0, half));
        write(batch.subList(half, batch.size()));
      }
      return;
    }
    batches.increment();
    var kept = new Kept(batch.toArray(Waiting[]::new), appended);
    // Where one comes alone, it is quicker to tell than to wake somebody who does. Where there are
    // more of them, others come while the disk is busy, and are not to wait for it.
    if (batch.size() == 1 && queue.isEmpty() && untold.isDone()) settle(kept);
    else untold.give(kept);
  }

  private void tellUntilClosed() {
    for (Kept kept = untold.take(); kept.batch.length > 0; kept = untold.take()) settle(kept);
  }

  /** Waits until it is durable, and lets everybody know. */
  private void settle(Kept kept) {
    try {
      log.settle(kept.appended.position());
    } catch (RuntimeException | Error failure) {
      fail(kept.batch, failure);
      return;
    }
    tell(kept);
  }

  private void fail(Waiting[] batch, Throwable failure) {
    for (Waiting waiting : batch) waiting.failure = failure;
    release(batch);
  }

  private void tell(Kept kept) {
    tail.appended(kept.appended);
    List<Receipt> receipts = kept.appended.receipts();
    for (int i = 0; i < receipts.size(); i++) kept.batch[i].receipt = receipts.get(i);
    release(kept.batch);
  }

  /**
   * Lets the callers of a batch go on. The writer wakes the first of them only, and each wakes two
   * more: to wake a virtual thread costs the writer several microseconds, and another virtual
   * thread next to nothing. The last are released first, since one who happens to look in between
   * goes on at once and wakes those behind.
   */
  private void release(Waiting[] all) {
    long bytes = 0;
    for (int i = all.length - 1; i >= 0; i--) {
      all[i].isReleased(all, i);
      bytes += all[i].bytes;
    }
    submissions.add(all.length);
    if (underWay.addAndGet(-bytes) == CLOSED) LockSupport.unpark(writer);
    all[0].wake();
  }

  /** A batch that is durable, and what became of it. */
  private record Kept(Waiting[] batch, Appended appended) {
    /** Nothing comes after it: it is of nobody. */
    static final Kept LAST = new Kept(new Waiting[0], new Appended(List.of(), 0, 0, List.of()));
  }

  /** A submission and the caller who waits for its receipt. */
  private static final class Waiting {

    final Submission submission;
    final long bytes;
    private final Thread caller = Thread.currentThread();

    // The writer sets one of these two, and then those who are released together.
    private @Nullable Receipt receipt;
    private @Nullable Throwable failure;
    private int index;
    private volatile Waiting @Nullable [] released;

    Waiting(Submission submission, long bytes) {
      this.submission = submission;
      this.bytes = bytes;
    }

    Receipt await() {
      boolean interrupted = false;
      Waiting[] together = released;
      for (; together == null; together = released) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      for (int next = 2 * index + 1; next <= 2 * index + 2 && next < together.length; next++) {
        together[next].wake();
      }
      if (interrupted) Thread.currentThread().interrupt();
      return result();
    }

    private Receipt result() {
      Receipt done = receipt;
      if (done != null) return done;
      if (failure instanceof RuntimeException thrown) throw thrown;
      throw (Error) requireNonNull(failure);
    }

    void isReleased(Waiting[] together, int at) {
      index = at;
      released = together;
    }

    void wake() {
      LockSupport.unpark(caller);
    }
  }
}
