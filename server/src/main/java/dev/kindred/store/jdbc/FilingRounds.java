package dev.kindred.store.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that interactions are filed: in large numbers while many come, soon after where few
 * do, and never too late, since whoever asks for an entity's interactions reads all that are not.
 */
final class FilingRounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FilingRounds.class);

  /**
   * When to file; each number is one of lines of the log.
   *
   * @param enough so many behind it is worth while
   * @param most so many behind, whoever adds more files some first
   * @param atOnce so many are filed in one go
   * @param few so many are left for the next start
   * @param rest how long a few may lie
   */
  record Limits(int enough, int most, int atOnce, int few, Duration rest) {}

  private static final Limits WHILE_SERVING =
      new Limits(50_000, 200_000, 100_000, 1_000, Duration.ofSeconds(10));

  /** The more are filed in one go, the more of them share a page. */
  private static final Limits IN_BULK =
      new Limits(1_000_000, 1_000_000, 1_000_000, 1_000, Duration.ofDays(1));

  private final Filing filing;
  private final Limits limits;
  private final Thread thread;
  private volatile long head;
  private volatile long filed;
  private volatile boolean isIdle;
  private volatile boolean isClosed;

  private FilingRounds(Filing filing, Limits limits) {
    this.filing = filing;
    this.limits = limits;
    this.filed = filing.position();
    this.head = filing.head();
    this.thread = Thread.ofPlatform().daemon().name("kindred-filing").unstarted(this::run);
  }

  static FilingRounds start(Database database, JdbcSettings.Work work) {
    return switch (work) {
      case SERVING -> start(new Filing(database), WHILE_SERVING);
      case BULK -> start(Filing.inBulk(database), IN_BULK);
    };
  }

  static FilingRounds start(Filing filing, Limits limits) {
    var rounds = new FilingRounds(filing, limits);
    rounds.thread.start();
    return rounds;
  }

  /** Files some where too many are not; whoever is about to add to the log waits for that. */
  void makeRoom() {
    while (behind() > limits.most()) file();
  }

  /** Says how long the log is now. Only for whoever holds the log. */
  void added(long position) {
    head = position;
    if (isIdle || behind() >= limits.enough()) LockSupport.unpark(thread);
  }

  private long behind() {
    return head - filed;
  }

  private void file() {
    filed = filing.file(limits.atOnce());
  }

  private void run() {
    while (!isClosed) {
      isIdle = true;
      while (behind() <= 0 && !isClosed) LockSupport.park(this);
      isIdle = false;
      rest(limits.enough());
      try {
        if (!isClosed) file();
      } catch (RuntimeException failure) {
        LOG.warn("interactions are not filed under their entities for now", failure);
        rest(Long.MAX_VALUE);
      }
    }
  }

  /** Rests as long as a few may lie, unless so many are behind. */
  private void rest(long enough) {
    long until = System.nanoTime() + limits.rest().toNanos();
    for (long left = limits.rest().toNanos(); left > 0; left = until - System.nanoTime()) {
      if (isClosed || behind() >= enough) return;
      LockSupport.parkNanos(this, left);
    }
  }

  /** Files what is left, so that nobody has to look through it after the next start. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
      while (behind() > limits.few()) file();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.warn("interactions are left that are not filed under their entities", failure);
    }
  }
}
