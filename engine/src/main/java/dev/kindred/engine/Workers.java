package dev.kindred.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Spreads a loop over the threads of a given executor, with results that do not depend on them.
 *
 * <p>The range is cut into pieces by its length alone, never by the number of threads. A body
 * writes only what belongs to its piece, and what must be added up is added up afterwards in the
 * order of the pieces. So one thread and sixteen give the same bits. The calling thread takes part:
 * an executor that is busy or refuses makes the loop slower, not stuck. Interrupting the caller
 * ends the loop early with a {@link CancellationException}.
 */
public final class Workers {
  /**
   * Enough pieces to balance sixteen threads, few enough that scratch memory per piece costs
   * nothing.
   */
  private static final int PIECES_MAX = 128;

  private final Executor executor;
  private final int threads;
  private final Runnable goOn;

  private Workers(Executor executor, int threads, Runnable goOn) {
    if (threads < 1)
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    this.executor = executor;
    this.threads = threads;
    this.goOn = goOn;
  }

  /** At most {@code threads} at a time, the caller among them. */
  public static Workers of(Executor executor, int threads) {
    return new Workers(executor, threads, () -> {});
  }

  /** The calling thread alone. */
  public static Workers alone() {
    return new Workers(Runnable::run, 1, () -> {});
  }

  /**
   * The same for work that may have to end early.
   *
   * @param goOn asked before each piece, by any thread; what it throws ends the loop
   */
  public Workers asking(Runnable goOn) {
    return new Workers(executor, threads, goOn);
  }

  /** A loop's body: does {@code from} up to, not including, {@code to}. */
  @FunctionalInterface
  public interface Piece {
    void run(int from, int to);
  }

  /** Runs the body over all of {@code 0 .. length}; returns when everything is done. */
  public void each(int length, Piece body) {
    each(length, 1, body);
  }

  /** As above, in pieces of at least {@code grain}. */
  public void each(int length, int grain, Piece body) {
    if (length <= 0) return;
    int pieces = Math.clamp(length / Math.max(1, grain), 1, PIECES_MAX);
    var loop = new Loop(length, pieces, body, goOn);
    int helpers = Math.min(threads, pieces) - 1;
    for (int h = 0; h < helpers; h++) {
      if (!loop.recruit(executor)) break;
    }
    loop.work(Thread.currentThread());
    loop.await();
  }

  /** One loop under way: who comes takes the next piece. */
  private static final class Loop {
    private final int length;
    private final int pieces;
    private final Piece body;
    private final Runnable goOn;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch open;

    Loop(int length, int pieces, Piece body, Runnable goOn) {
      this.length = length;
      this.pieces = pieces;
      this.body = body;
      this.goOn = goOn;
      this.open = new CountDownLatch(pieces);
    }

    boolean recruit(Executor executor) {
      Thread caller = Thread.currentThread();
      try {
        executor.execute(() -> work(caller));
        return true;
      } catch (RejectedExecutionException refused) {
        return false;
      }
    }

    void work(Thread caller) {
      for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
        try {
          if (caller.isInterrupted())
            failure.compareAndSet(null, new CancellationException("interrupted"));
          if (failure.get() != null) continue;
          goOn.run();
          body.run(edge(piece), edge(piece + 1));
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    /**
     * Pieces that others took are short; an interrupt makes them skip, so waiting it out is safe.
     */
    void await() {
      boolean interrupted = false;
      while (open.getCount() > 0) {
        try {
          open.await();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, new CancellationException("interrupted"));
        }
      }
      if (interrupted) Thread.currentThread().interrupt();
      switch (failure.get()) {
        case null -> {}
        case Error e -> throw e;
        case RuntimeException e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }

    private int edge(int piece) {
      return (int) ((long) length * piece / pieces);
    }
  }
}
