package dev.kindred.collect.features;

import dev.kindred.collect.Follower;
import dev.kindred.domain.Event;
import dev.kindred.store.VectorIndex;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the database's own index of vectors whole: every entity has its copy, and the graph over
 * them is there as long as there are enough to be worth it, for each insertion costs more with it.
 *
 * <p>It follows the log to know when a look is due. {@link #run} is for a job, of which one runs at
 * a time; everything else may be called from any thread.
 */
public final class VectorIndexUpkeep implements Follower {

  /** So many changes of entities make a look worth while. */
  private static final long CHANGES_A_LOOK = 1_000;

  private final VectorIndex index;
  private final long graphFrom;

  /** Changes until the next look; none are left before the first. */
  private final AtomicLong changesLeft = new AtomicLong();

  /**
   * What there is after a look.
   *
   * @param filled how many entities had no copy
   */
  public record Done(int filled, long copies, boolean hasGraph) {}

  /**
   * @param graphFrom so many copies are worth a graph; with less than half of them it goes again
   */
  public VectorIndexUpkeep(VectorIndex index, long graphFrom) {
    this.index = index;
    this.graphFrom = graphFrom;
  }

  @Override
  public void follow(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.EntityPut || event instanceof Event.EntityDeleted) {
        changesLeft.decrementAndGet();
      }
    }
  }

  /** Whether it is worth while to run. */
  public boolean isDue() {
    return changesLeft.get() <= 0;
  }

  /**
   * Fills what is missing, then builds the graph or drops it, as it should be. Others read and
   * write meanwhile.
   *
   * @param goOn called between the steps; may throw to end the run, of which what was done stays
   */
  public Done run(Runnable goOn) {
    changesLeft.set(CHANGES_A_LOOK);
    int filled = index.fill(goOn);
    long copies = index.copies();
    boolean isBuilt = index.isBuilt();
    goOn.run();
    if (copies >= graphFrom && !isBuilt) index.build();
    else if (copies < graphFrom / 2 && isBuilt) index.drop();
    return new Done(filled, copies, index.isBuilt());
  }
}
