package dev.kindred.bench.commit;

import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.GroupCommit.Limits;
import dev.kindred.collect.Tail;
import dev.kindred.domain.Change;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.EventLog;
import dev.kindred.store.EventLog.Appended;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What grouping costs: callers on virtual threads, each waiting for its receipt, on a log that
 * stores nothing and takes as long to commit as it is told.
 */
public final class CommitBench {

  private static final int CALLERS = 64;
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(2);

  private CommitBench() {}

  public static int run(List<String> arguments) throws Exception {
    System.out.printf("%d callers, best of %d rounds of %s%n", CALLERS, ROUNDS, ROUND);
    System.out.println("commit takes   submissions/s   a batch   bytes a submission");
    for (long micros : new long[] {0, 100, 1_000}) {
      var best = new Round(0, 0, 0);
      for (int i = 0; i < ROUNDS; i++) {
        Round round = measure(micros);
        if (round.perSecond > best.perSecond) best = round;
      }
      System.out.printf(
          "%9d µs %,15.0f %9.1f %,20.0f%n", micros, best.perSecond, best.batchSize, best.bytesEach);
    }
    return 0;
  }

  private record Round(double perSecond, double batchSize, double bytesEach) {}

  private static Round measure(long commitMicros) throws InterruptedException {
    var log = new CountingLog(commitMicros * 1_000);
    var submission =
        Submission.of(
            new TenantId("shop"), new Change.PutUser(new UserId("ann"), JsonObject.EMPTY));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (var commit =
            GroupCommit.start(
                log, new Tail(log), Limits.DEFAULT, Thread.ofPlatform().name("writer").factory());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      long bytes = threads.getTotalThreadAllocatedBytes();
      long end = System.nanoTime() + ROUND.toNanos();
      for (int i = 0; i < CALLERS; i++) {
        callers.execute(() -> {
          while (System.nanoTime() < end) commit.keep(submission);
        });
      }
      callers.shutdown();
      callers.awaitTermination(1, TimeUnit.MINUTES);
      double count = commit.submissions();
      double allocated = threads.getTotalThreadAllocatedBytes() - bytes;
      return new Round(count / ROUND.toSeconds(), count / commit.batches(), allocated / count);
    }
  }

  /** Keeps nothing but the position. Only one thread appends. */
  private static final class CountingLog implements EventLog {

    private final long commitNanos;
    private volatile long head;

    CountingLog(long commitNanos) {
      this.commitNanos = commitNanos;
    }

    @Override
    public Appended extend(List<Submission> submissions) {
      long after = head;
      long position = after;
      var receipts = new ArrayList<Receipt>(submissions.size());
      for (Submission _ : submissions) {
        receipts.add(new Receipt(List.of(), ++position, Optional.empty()));
      }
      head = position;
      long committed = System.nanoTime() + commitNanos;
      while (System.nanoTime() < committed) {
        LockSupport.parkNanos(committed - System.nanoTime());
      }
      return new Appended(receipts, after, position, List.of());
    }

    @Override
    public long head() {
      return head;
    }

    @Override
    public long read(long after, int limit, Consumer<Event> reader) {
      return head;
    }
  }
}
