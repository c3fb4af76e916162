package dev.kindred.transfer;

import dev.kindred.domain.KindredException;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes in a file of any length in constant memory: records are read and checked while the ones
 * before them are committed, a large batch a transaction, in the order of the file.
 *
 * <p>Each batch is kept under a name that is made of its contents and its place, in the transaction
 * that keeps its records. So a run that was cut off is simply started again: what was kept is
 * passed over, and nothing is there twice. The store remembers such names for a day.
 */
public final class Importer {

  /** One batch is read while another is kept: a third would only take memory. */
  private static final int BATCHES_AHEAD = 1;

  /**
   * How much is kept in one transaction. A database writes a page of an index once for all rows of
   * a transaction that fall on it, so large ones cost much less; but others who write wait for each
   * of them.
   */
  public enum BatchSize {
    /** For a server, whose other callers are to wait for a moment only. */
    AMONG_OTHERS(10_000, 10_000, 4 << 20),
    /** For a program that does nothing else. */
    ALONE(10_000, 100_000, 32 << 20);

    private final int firstRecords;
    private final int records;
    private final int bytes;

    BatchSize(int firstRecords, int records, int bytes) {
      this.firstRecords = firstRecords;
      this.records = records;
      this.bytes = bytes;
    }
  }

  private final RecordIntake intake;
  private final Function<Submission, Receipt> keep;
  private final ThreadFactory threads;
  private final BatchSize batchSize;

  /**
   * @param keep has a submission kept, as {@code GroupCommit} does
   * @param threads makes the thread that commits while the caller's reads on
   */
  public Importer(
      RecordIntake intake,
      Function<Submission, Receipt> keep,
      ThreadFactory threads,
      BatchSize batchSize) {
    this.intake = intake;
    this.keep = keep;
    this.threads = threads;
    this.batchSize = batchSize;
  }

  /**
   * A file to be taken in.
   *
   * @param path what it is called; empty where nobody knows
   * @param once what the import is called, so that a second run goes on where the first stopped;
   *     absent: every run keeps everything
   * @param dryRun only reads and checks
   * @param progress told after each batch; may throw to stop
   */
  public record Task(
      TenantId tenant,
      String path,
      ImportOptions options,
      Optional<String> once,
      boolean dryRun,
      Rejects rejects,
      Consumer<ImportReport> progress) {}

  /** Takes what was refused. */
  @FunctionalInterface
  public interface Rejects {

    /** Drops it; the report still counts it. */
    Rejects NOWHERE = (_, _, _) -> {};

    void take(long line, String reason, String record) throws IOException;
  }

  /** What the file was, and what became of it. */
  public record Result(Description description, ImportReport report) {}

  /** What a file is taken for. */
  public record Description(RecordKind kind, Format format, List<String> mapping) {

    public Description {
      mapping = List.copyOf(mapping);
    }
  }

  /**
   * Takes in a file.
   *
   * @throws KindredException if it cannot be read at all, or not any further; what was handed over
   *     before that is kept
   */
  public Result run(InputStream file, Task task) throws IOException {
    try (Source source = ImportFile.open(file, task.path(), task.options());
        ExecutorService committer = Executors.newSingleThreadExecutor(threads)) {
      var all = new ImportTally(ImportReport.PROBLEMS_MAX);
      var underWay = new ArrayDeque<Future<Done>>();
      MessageDigest digest = Sha256.digest();
      try {
        long batches = 0;
        for (boolean more = true; more; batches++) {
          var batch = new ImportBatch(recordsOf(batches));
          while (batch.hasRoom(batchSize.bytes) && (more = source.next())) {
            batch.add(source, intake, task.tenant());
          }
          if (batch.size() == 0) break;
          String name = batches + "/" + batch.fingerprint(digest);
          underWay.add(committer.submit(() -> new Done(batch, keep(batch, task, name))));
          while (underWay.size() > BATCHES_AHEAD) settle(all, underWay.poll(), task);
        }
      } finally {
        // Whatever was handed over is kept, and counts, even if reading on has failed.
        while (!underWay.isEmpty()) settle(all, underWay.poll(), task);
      }
      source.warnings().forEach(all::warn);
      var description = new Description(source.kind(), source.format(), source.described());
      return new Result(description, all.report());
    }
  }

  /** Each is twice the one before it at first: nobody waits until all of a large one is read. */
  private int recordsOf(long batch) {
    return (int) Math.min(batchSize.records, (long) batchSize.firstRecords << Math.min(batch, 16));
  }

  /** A batch, and what became of it. */
  private record Done(ImportBatch batch, ImportTally tally) {}

  private ImportTally keep(ImportBatch batch, Task task, String name) {
    if (task.dryRun() || batch.changes().isEmpty()) return batch.tallyUnkept();
    Optional<Once> once =
        task.once()
            .map(run ->
                new Once(run + "/" + name, name, outcomes -> batch.remember(name, outcomes)));
    Receipt receipt = keep.apply(new Submission(task.tenant(), batch.changes(), once));
    return receipt
        .replayed()
        .map(answer -> ImportTally.repeated(answer.body()))
        .orElseGet(() -> batch.tally(receipt.outcomes()));
  }

  private static void settle(ImportTally all, Future<Done> underWay, Task task) throws IOException {
    try {
      Done done = underWay.get();
      done.tally().read(done.batch().textBytes());
      done.batch().reject(done.tally(), task.rejects());
      all.add(done.tally());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof KindredException reason) throw reason;
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a batch was under way", stopped);
    }
    task.progress().accept(all.report());
  }
}
