package dev.kindred.engine.judge;

import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.SparseRows.RowMaker;
import dev.kindred.engine.Workers;
import dev.kindred.engine.factors.LowPass;
import dev.kindred.engine.math.TruncatedSvd;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.neighbours.RandomWalk;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What recipes learn from, and the costly things that several of them share: made when first asked
 * for, kept until {@link #tidy}. For one thread at a time, which spreads the work itself.
 *
 * <p>Where models are only to be judged, the histories that will ask are known beforehand, and of
 * item-item models only the rows of their items are made: the same lists for a part of the room. Of
 * 100 000 items with 165 neighbours all rows are 132 MB, and 3 000 histories need a fifth of them.
 */
public final class Workshop {
  /** Pairs come from a walk that holds nobody back much. */
  private static final RandomWalk.Exponents EVEN = new RandomWalk.Exponents(0.5f, 0.5f, 0.4f);

  /** How many an item has at most, for each neighbour that it keeps in the end. */
  private static final double PAIRS_A_NEIGHBOUR = 1.75;

  /** What one user did beyond this is not learned from: costs grow with the square of a history. */
  private static final int HISTORY_MAX = 1000;

  private final Interactions train;
  private final long seed;
  private final Workers workers;
  private final IntPredicate wanted;
  private final boolean isForAll;
  // Not there until the first recipe asks.
  private @Nullable SparseRows pairs;
  private @Nullable SparseRows sequences;
  private LowPass.@Nullable Settings spectrumBy;
  private @Nullable TruncatedSvd spectrum;

  /** For models that anybody may ask. */
  public Workshop(Interactions train, long seed, Workers workers) {
    this(train.latest(HISTORY_MAX), seed, workers, _ -> true, true);
  }

  private Workshop(
      Interactions train, long seed, Workers workers, IntPredicate wanted, boolean isForAll) {
    this.train = train;
    this.seed = seed;
    this.workers = workers;
    this.wanted = wanted;
    this.isForAll = isForAll;
  }

  /** For models that only histories of these items will ask. */
  static Workshop forHistoriesOf(BitSet items, Interactions train, long seed, Workers workers) {
    return new Workshop(train.latest(HISTORY_MAX), seed, workers, items::get, false);
  }

  /** For sequences that are not users' histories but sessions, in which an item may come again. */
  public static Workshop ofSessions(SparseRows sessions, long seed, Workers workers) {
    var train = Interactions.builder().atLeast(sessions.rows(), sessions.columns());
    for (int session = 0; session < sessions.rows(); session++) {
      for (int n = sessions.starts()[session]; n < sessions.starts()[session + 1]; n++) {
        train.add(session, sessions.indexes()[n], 1f, n);
      }
    }
    var shop = new Workshop(train.build(), seed, workers);
    shop.sequences = sessions;
    return shop;
  }

  public Interactions train() {
    return train;
  }

  public long seed() {
    return seed;
  }

  public Workers workers() {
    return workers;
  }

  /** The items that will be asked for what goes with them. */
  IntPredicate wanted() {
    return wanted;
  }

  /** An item-item model of the rows that are wanted. */
  ItemWeights weights(Supplier<RowMaker> rows) {
    return new ItemWeights(collected(rows));
  }

  /**
   * For each item those with which it has the most users in common: kept where several recipes will
   * ask for the same few, made anew each time where it is for all and hardly anybody asks twice.
   */
  Supplier<RowMaker> pairs() {
    Supplier<RowMaker> makers = RandomWalk.rows(train, EVEN, pairs(train.items()));
    if (isForAll) return makers;
    if (pairs == null) pairs = collected(makers);
    SparseRows kept = pairs;
    return () -> kept::row;
  }

  private SparseRows collected(Supplier<RowMaker> rows) {
    return SparseRows.collect(train.items(), train.items(), wanted, workers, rows);
  }

  /** Lets go of the largest things that recipes shared. */
  void tidy() {
    pairs = null;
    spectrum = null;
    spectrumBy = null;
  }

  /** How many pairs an item has at most, among so many items. */
  static int pairs(int items) {
    return (int) (PAIRS_A_NEIGHBOUR * Recipe.neighbours(items));
  }

  /** Each user's history as a row, oldest first. */
  public SparseRows sequences() {
    if (sequences == null) {
      sequences =
          SparseRows.collect(
              train.users(), train.items(), workers, () -> user -> row(train.history(user)));
    }
    return sequences;
  }

  /** The spectrum for these settings; another target or fade has the same. */
  public TruncatedSvd spectrum(LowPass.Settings by) {
    var essence = new LowPass.Settings(by.user(), by.item(), 0f, 0f, by.rank());
    if (spectrum == null || !essence.equals(spectrumBy)) {
      spectrum = LowPass.spectrum(train, essence, seed, workers);
      spectrumBy = essence;
    }
    return spectrum;
  }

  private static Ranking row(History history) {
    return new Ranking(history.items(), history.weights());
  }
}
