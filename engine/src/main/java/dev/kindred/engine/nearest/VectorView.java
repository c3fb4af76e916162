package dev.kindred.engine.nearest;

import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import dev.kindred.engine.math.Hamming;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The state of a {@link VectorIndex} after one of its changes, for as many searches as wanted, on
 * any thread.
 *
 * <p>A search goes through the cells, the most promising first. In each it compares the short codes
 * of all items with the query's, 64 at a time, and computes the cosine of those whose code is close
 * enough that they may still enter the result. It ends when the next cell promises less than the
 * last of the result has, or much less than the first cell did. While the result is not full it
 * goes on, so a filter never leaves it short.
 */
public final class VectorView {
  /** How many standard deviations worse than expected a good item's code may look. */
  private static final double CODE_TOLERANCE = 2;

  /** Comparing one in so many items takes about as long as going through the codes of all. */
  private static final int FEW = 64;

  private static final int PAGES_BITS = 7;

  /** Pages in a group. */
  static final int PAGES = 1 << PAGES_BITS;

  private final Rotation rotation;
  private final Partition partition;
  private final Cell[] cells;

  /** Pages of vectors, in groups, so that changing one copies little. */
  private final VectorPage[][] pages;

  private final int size;

  VectorView(Rotation rotation, Partition partition, Cell[] cells, VectorPage[][] pages, int size) {
    this.rotation = rotation;
    this.partition = partition;
    this.cells = cells;
    this.pages = pages;
    this.size = size;
  }

  /** Items that have a vector. */
  public int size() {
    return size;
  }

  public boolean contains(int item) {
    return item >= 0
        && item / VectorPage.ROWS / PAGES < pages.length
        && page(item).has(item % VectorPage.ROWS);
  }

  /** The cosine between two items' vectors. */
  public float similarity(int item, int other) {
    requireContains(item);
    requireContains(other);
    return cosine(other, vector(item));
  }

  /**
   * The {@code k} eligible items whose vectors have the largest cosine with the given one, best
   * first; all of them if there are fewer.
   */
  public Ranking search(float[] vector, int k, IntPredicate eligible) {
    return search(Quantised.of(rotation.turned(vector)), k, eligible);
  }

  /**
   * The same among a set of items. When these are few, each is compared and nothing else is looked
   * at.
   */
  public Ranking search(float[] vector, int k, BitSet eligible) {
    if (eligible.cardinality() > size / FEW) return search(vector, k, eligible::get);
    var query = Quantised.of(rotation.turned(vector));
    var best = new TopK(Math.min(k, size));
    for (int item = eligible.nextSetBit(0); item >= 0; item = eligible.nextSetBit(item + 1)) {
      if (contains(item)) best.offer(item, cosine(item, query));
    }
    return best.ranking();
  }

  /** Where a search goes. Made once for many comparisons; for the index whose view made it. */
  public static final class Aim {
    private final Quantised query;

    private Aim(Quantised query) {
      this.query = query;
    }
  }

  /** Towards a vector. */
  public Aim aim(float[] vector) {
    return new Aim(Quantised.of(rotation.turned(vector)));
  }

  /** Towards an item's vector. */
  public Aim aim(int item) {
    requireContains(item);
    return new Aim(vector(item));
  }

  /**
   * Towards a weighted sum of items' directions, each less what all items have in common. Items
   * without a vector are passed over.
   *
   * @param common from {@link #mean}, or nothing
   */
  public Aim aim(int[] items, float[] weights, float[] common) {
    float[] sum = new float[rotation.length()];
    byte[] buffer = new byte[sum.length];
    float added = 0;
    for (int n = 0; n < items.length; n++) {
      if (weights[n] == 0 || !contains(items[n])) continue;
      page(items[n]).get(items[n] % VectorPage.ROWS, buffer).addTo(sum, weights[n]);
      added += weights[n];
    }
    for (int i = 0; i < common.length; i++) sum[i] -= added * common[i];
    return new Aim(Quantised.of(sum));
  }

  /** What the directions of all items have in common: their mean, in coordinates of the index. */
  public float[] mean() {
    double[] sum = new double[rotation.length()];
    float[] one = new float[sum.length];
    byte[] buffer = new byte[sum.length];
    int end = pages.length * PAGES * VectorPage.ROWS;
    for (int item = 0; item < end; item++) {
      if (!contains(item)) continue;
      Arrays.fill(one, 0f);
      page(item).get(item % VectorPage.ROWS, buffer).addTo(one, 1f);
      for (int i = 0; i < sum.length; i++) sum[i] += one[i];
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) mean[i] = (float) (sum[i] / Math.max(1, size));
    return mean;
  }

  /** A vector in coordinates of the index, as long as it was. */
  public float[] turned(float[] vector) {
    double square = 0;
    for (float x : vector) square += (double) x * x;
    float[] turned = rotation.turned(vector);
    for (int i = 0; i < turned.length; i++) turned[i] *= (float) Math.sqrt(square);
    return turned;
  }

  /** The vector that has these coordinates in the index. */
  public float[] turnedBack(float[] coordinates) {
    return rotation.turnedBack(coordinates);
  }

  /** The cosine between an item's vector and where a search goes. */
  public float cosine(int item, Aim aim) {
    return cosine(item, aim.query);
  }

  /** The eligible items closest to where the search goes, best first. */
  public Ranking search(Aim aim, int k, IntPredicate eligible) {
    return search(aim.query, k, eligible);
  }

  /**
   * The same, content with what it has found after so many comparisons, the most promising places
   * first: where the aim is the middle of many things, nothing is close to it, and being sure of
   * the closest costs a scan. It goes on while there are too few.
   */
  public Ranking search(Aim aim, int k, int comparisons, IntPredicate eligible) {
    if (k == 0 || size == 0) return Ranking.EMPTY;
    return new Search(aim.query, Math.min(k, size), comparisons, eligible).run().ranking();
  }

  /**
   * The same, where only what has at least a certain cosine is of use: the better that is, the less
   * is looked at. What has less may be left out, however few are found.
   */
  public Ranking search(Aim aim, int k, int comparisons, float cosineMin, IntPredicate eligible) {
    if (k == 0 || size == 0 || cosineMin > 1) return Ranking.EMPTY;
    var search = new Search(aim.query, Math.min(k, size), comparisons, eligible);
    if (cosineMin > -1) search.raise(TopK.pack(cosineMin, 0));
    return search.run().ranking();
  }

  /** The items most similar to a given one, which is not among them. */
  public Ranking similar(int item, int k, IntPredicate eligible) {
    requireContains(item);
    return search(vector(item), k, other -> other != item && eligible.test(other));
  }

  /**
   * As {@link #search(float[], int, IntPredicate)}, with scores of the caller's own, for who keeps
   * vectors more precise than a byte a coordinate. Some more items than asked for are found and
   * scored so.
   */
  public Ranking search(float[] vector, int k, IntPredicate eligible, ExactScore exact) {
    var found = search(vector, k + Math.max(k, 16), eligible);
    var best = new TopK(Math.min(k, found.size()));
    for (int item : found.items()) best.offer(item, exact.of(item));
    return best.ranking();
  }

  /** The score of an item by vectors that the caller keeps. */
  @FunctionalInterface
  public interface ExactScore {
    float of(int item);
  }

  /** How many bytes {@link #writeTo} needs. */
  public long imageBytes() {
    return VectorImage.bytes(this);
  }

  /** Writes a flat image, from which {@link VectorIndex#open} makes an index again. */
  public void writeTo(MemorySegment image) {
    VectorImage.write(this, image);
  }

  Ranking search(Quantised query, int k, IntPredicate eligible) {
    if (k < 0) throw new IllegalArgumentException("k must not be negative, got " + k);
    if (k == 0 || size == 0) return Ranking.EMPTY;
    return new Search(query, Math.min(k, size), Long.MAX_VALUE, eligible).run().ranking();
  }

  /** One search under way. */
  private final class Search {
    private final Quantised query;
    private final CodeQuery code;
    private final IntPredicate eligible;
    private final TopK best;
    private final int k;
    private final long comparisons;
    private long bar = Long.MIN_VALUE;
    private long tested;
    private long passed;

    /** How far an item's code may be for the item to be worth its cosine. */
    private int distanceMax = Integer.MAX_VALUE;

    Search(Quantised query, int k, long comparisons, IntPredicate eligible) {
      this.query = query;
      this.code = new CodeQuery(query);
      this.eligible = eligible;
      this.k = k;
      this.comparisons = comparisons;
      this.best = new TopK(k);
    }

    TopK run() {
      long[] order = partition.byPromise(query);
      float most = TopK.score(order[order.length - 1]);
      float least = most - partition.reach().behind().enough();
      for (int next = order.length - 1; next >= 0; next--) {
        float promise = TopK.score(order[next]);
        if (isFull() && (passed >= comparisons || promise < TopK.score(bar))) break;
        if (isFull() && promise < least && isAmongNearest()) break;
        look(cells[TopK.index(order[next])]);
      }
      return best;
    }

    TopK runEverywhere() {
      long[] order = partition.byPromise(query);
      for (int next = order.length - 1; next >= 0; next--) look(cells[TopK.index(order[next])]);
      return best;
    }

    private void look(Cell cell) {
      for (int block = 0; block < cell.blocks(); block++) {
        long worth = cell.within(block, code, distanceMax);
        while (worth != 0) {
          int item = cell.item(block * Hamming.BLOCK + Long.numberOfTrailingZeros(worth));
          worth &= worth - 1;
          tested++;
          if (!eligible.test(item)) continue;
          passed++;
          best.offer(item, cosine(item, query));
        }
        if (best.bar() > bar) raise(best.bar());
        if (isFull() && passed >= comparisons) return;
      }
    }

    /**
     * Whether the result is made of about the nearest items there are. It is not when many are
     * asked for, or few pass; then what was learned about the nearest does not say where its items
     * lie.
     */
    private boolean isAmongNearest() {
      return k * tested <= 3L * Reach.NEIGHBOURS * passed;
    }

    /** Whether what is not better than the bar need not be found. */
    private boolean isFull() {
      return bar != Long.MIN_VALUE;
    }

    private void raise(long newBar) {
      bar = newBar;
      distanceMax = code.distanceOf(TopK.score(newBar), CODE_TOLERANCE);
    }
  }

  /** What is known about reach after one more item has been searched for everywhere. */
  Reach learned(int item, IntUnaryOperator cellOf) {
    var query = vector(item);
    var found =
        new Search(query, Reach.NEIGHBOURS, Long.MAX_VALUE, other -> other != item).runEverywhere();
    int[] neighbours = found.ranking().items();
    float last = TopK.score(found.bar());
    float[] sideways = new float[neighbours.length];
    float[] behind = new float[neighbours.length];
    long[] order = partition.byPromise(query);
    float most = TopK.score(order[order.length - 1]);
    for (int n = 0; n < neighbours.length; n++) {
      int cell = cellOf.applyAsInt(neighbours[n]);
      sideways[n] = partition.sidewaysFor(cell, query, last);
      behind[n] = most - partition.promise(cell, query);
    }
    var reach = partition.reach();
    // Promises mean nothing before it is known how far to reach sideways.
    boolean promising = reach.sideways().isKnown();
    return new Reach(
        reach.sideways().with(sideways), promising ? reach.behind().with(behind) : reach.behind());
  }

  Quantised vector(int item) {
    return page(item).get(item % VectorPage.ROWS);
  }

  private float cosine(int item, Quantised query) {
    return page(item).cosine(item % VectorPage.ROWS, query);
  }

  private VectorPage page(int item) {
    int page = item / VectorPage.ROWS;
    return pages[page >> PAGES_BITS][page & PAGES - 1];
  }

  private void requireContains(int item) {
    if (!contains(item)) throw new IllegalArgumentException("item " + item + " has no vector");
  }

  Rotation rotation() {
    return rotation;
  }

  Partition partition() {
    return partition;
  }

  Cell[] cells() {
    return cells;
  }

  VectorPage[][] pages() {
    return pages;
  }
}
