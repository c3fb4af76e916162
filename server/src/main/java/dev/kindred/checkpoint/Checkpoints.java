package dev.kindred.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.checkpoint.CheckpointFile.Stamp;
import dev.kindred.domain.Event;
import dev.kindred.store.Store;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what parts have made of the log, so that a start takes it over and reads only the
 * rest of the log.
 *
 * <p>A checkpoint that is missing, damaged, of another database, of another configuration or of a
 * log that went another way is left alone, and the log is read from its beginning. When a user is
 * erased, checkpoints go before the erasure is acknowledged.
 *
 * <p>{@link #follow} is called by the one who follows the log; {@link #look} and {@link #close} by
 * any thread, and take turns.
 */
public final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** So many positions before the end of a checkpoint have to be what they were. */
  private static final int POSITIONS_MARKED = 200;

  private final Path folder;
  private final Store store;
  private final InstantSource clock;
  private final Limits limits;
  private final String database;
  private final Map<Part, Kept> parts = new ConcurrentHashMap<>();

  /** Grows when what was captured before must not be kept. */
  private final AtomicLong erasures = new AtomicLong();

  /**
   * When to write.
   *
   * @param interval between two checkpoints of a part; zero for none at all
   * @param positionsMin with fewer new positions it is not worth while
   */
  public record Limits(Duration interval, long positionsMin) {
    public static Limits every(Duration interval) {
      return new Limits(interval, 10_000);
    }

    boolean areNever() {
      return interval.isZero();
    }
  }

  /** What is kept of a part. */
  private static final class Kept {
    final CheckpointFile file;

    /** Up to where the log is in the file; 0 without one. */
    volatile long position;

    volatile Instant triedAt = Instant.MIN;

    Kept(CheckpointFile file) {
      this.file = file;
    }
  }

  public Checkpoints(Path folder, Store store, InstantSource clock, Limits limits) {
    this.folder = folder;
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.database = store.identity();
  }

  /**
   * Has a part take over what was kept of it, and looks after it from now on.
   *
   * @return whether there was something that fits; if not, the part has to read the log from its
   *     beginning
   */
  public boolean restore(Part part) {
    if (limits.areNever()) return false;
    var kept = new Kept(new CheckpointFile(folder, part.name()));
    boolean isTaken = false;
    try {
      kept.file.read(
          stamp -> requireFitting(part, stamp),
          (in, stamp) -> {
            part.restore(in, stamp.position());
            kept.position = stamp.position();
            kept.triedAt = clock.instant();
          });
      isTaken = true;
    } catch (NoSuchFileException none) {
      LOG.info("no checkpoint, part={}", part.name());
    } catch (IOException | RuntimeException misfit) {
      LOG.info("a checkpoint is of no use, part={} because={}", part.name(), misfit.toString());
      drop(part, kept);
    }
    parts.put(part, kept);
    return isTaken;
  }

  /** Up to where the log is in the oldest checkpoint that was taken over; or {@code end}. */
  public long oldest(long end) {
    return parts.values().stream()
        .mapToLong(kept -> kept.position)
        .filter(position -> position > 0)
        .min()
        .orElse(end);
  }

  /**
   * Takes the next events of the log, from {@link #oldest} on and after the parts have: whoever was
   * erased goes from all checkpoints.
   */
  public void follow(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.UserErased) {
        dropAll();
        return;
      }
    }
  }

  /** Writes what is due. Never throws. */
  public void look() {
    Instant now = clock.instant();
    for (var part : parts.entrySet()) {
      Instant triedAt = part.getValue().triedAt;
      boolean isTime = triedAt.equals(Instant.MIN) || !now.isBefore(triedAt.plus(limits.interval));
      if (isTime) write(part.getKey(), part.getValue(), now);
    }
  }

  /** Writes what has changed much since it was written last, however short a while ago. */
  @Override
  public void close() {
    parts.forEach((part, kept) -> write(part, kept, clock.instant()));
  }

  private synchronized void write(Part part, Kept kept, Instant now) {
    if (part.position() - kept.position < limits.positionsMin) return;
    kept.triedAt = now;
    long erased = erasures.get();
    try {
      Optional<Part.Captured> captured = part.capture();
      if (captured.isEmpty()) return;
      long position = captured.get().position();
      var stamp = new Stamp(madeBy(part), position, mark(position));
      boolean isKept =
          kept.file.write(stamp, captured.get().piece(), () -> erasures.get() == erased);
      if (isKept) kept.position = position;
      if (erasures.get() != erased) kept.position = 0;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("a checkpoint could not be written, part={}", part.name(), failure);
    }
  }

  private void dropAll() {
    erasures.incrementAndGet();
    parts.forEach(Checkpoints::drop);
  }

  private static void drop(Part part, Kept kept) {
    try {
      kept.position = 0;
      kept.file.drop();
    } catch (IOException failure) {
      LOG.error("a checkpoint could not be removed, part={}", part.name(), failure);
    }
  }

  private String madeBy(Part part) {
    return part.madeBy() + ", " + database;
  }

  private void requireFitting(Part part, Stamp stamp) throws IOException {
    if (!stamp.madeBy().equals(madeBy(part))) {
      throw new Part.Stale("it is of " + stamp.madeBy() + " and this is " + madeBy(part));
    }
    if (stamp.position() > store.log().head()) throw new Part.Stale("the log ends before it");
    if (!stamp.mark().equals(mark(stamp.position()))) throw new Part.Stale("the log is another");
  }

  /**
   * Tells the log up to a position from others: its last lines, and how often behaviours were
   * folded into sums, for then lines have gone.
   */
  private String mark(long position) {
    var sum = new CRC32C();
    long after = Math.max(0, position - POSITIONS_MARKED);
    var _ =
        store
            .log()
            .read(
                after,
                (int) (position - after),
                event -> sum.update(event.toString().getBytes(UTF_8)));
    return store.retention().folds() + " " + sum.getValue();
  }
}
