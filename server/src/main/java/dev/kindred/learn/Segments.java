package dev.kindred.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is popular with whom: the weight of all that was done with each item, counted for everybody
 * and for every slice of users along a hierarchy, such as geo, then gender within it, then age
 * within both.
 *
 * <p>A slice that few users are in knows little, so each borrows from the one above it: of n in all
 * and c for an item, it says (c + m p) / (n + m), where p is what the slice above says and m how
 * much that is worth. So a slice of nobody says what its parent says, and nobody gets an empty
 * list. An event costs an addition a level. One writer; readers are kept away while it writes.
 */
public final class Segments {

  /** What the slice above is worth, in weights of single interactions. */
  public static final double BORROWED = 50;

  /** What is added for every item at the top, so that none has nothing. */
  private static final double LEAST = 1e-3;

  private static final char BETWEEN = '\u0001';

  private final Map<String, Cell> cells = new HashMap<>();

  /** The slices that each path leads through, everybody first. */
  private final Map<List<String>, Cell[]> chains = new HashMap<>();

  private long changes;

  /** The counts of one slice. */
  private static final class Cell {
    private int[] items = free(8);
    private double[] counts = new double[8];
    private int used;
    private double total;

    private static int[] free(int length) {
      int[] table = new int[length];
      Arrays.fill(table, -1);
      return table;
    }

    void add(int item, double weight) {
      if (2 * (used + 1) > items.length) grow();
      int slot = slot(items, item);
      if (items[slot] < 0) {
        items[slot] = item;
        used++;
      }
      double before = counts[slot];
      // What is taken back may have been counted elsewhere: in a slice that its user has left.
      counts[slot] = Math.max(0, before + weight);
      total += counts[slot] - before;
    }

    double count(int item) {
      int slot = slot(items, item);
      return items[slot] < 0 ? 0 : counts[slot];
    }

    private void grow() {
      int[] old = items;
      double[] oldCounts = counts;
      items = free(2 * old.length);
      counts = new double[items.length];
      for (int n = 0; n < old.length; n++) {
        if (old[n] < 0) continue;
        int slot = slot(items, old[n]);
        items[slot] = old[n];
        counts[slot] = oldCounts[n];
      }
    }

    private static int slot(int[] table, int item) {
      int mixed = item * 0x9E3779B9;
      int slot = (mixed ^ mixed >>> 15) & table.length - 1;
      while (table[slot] >= 0 && table[slot] != item) slot = slot + 1 & table.length - 1;
      return slot;
    }
  }

  /** The names of the slices that a path leads through, everybody first. */
  static List<String> slices(List<String> path) {
    var names = new ArrayList<String>(path.size() + 1);
    var name = new StringBuilder();
    names.add("");
    for (String value : path) names.add(name.append(value).append(BETWEEN).toString());
    return names;
  }

  /**
   * Counts something that was done.
   *
   * @param path the user's values along the hierarchy, as far as they are known
   * @param weight negative to take it back
   */
  void add(List<String> path, int item, double weight) {
    if (weight == 0) return;
    Cell[] chain = chains.get(path);
    if (chain == null) {
      chain =
          slices(path).stream()
              .map(slice -> cells.computeIfAbsent(slice, _ -> new Cell()))
              .toArray(Cell[]::new);
      chains.put(List.copyOf(path), chain);
    }
    for (Cell cell : chain) cell.add(item, weight);
    changes++;
  }

  /** Grows with everything that is counted. */
  long changes() {
    return changes;
  }

  /** How many slices there are. */
  public int size() {
    return cells.size();
  }

  /** How many items were counted for anybody. */
  public int items() {
    Cell all = cells.get("");
    return all == null ? 0 : all.used;
  }

  /**
   * What a slice says of each item of a shelf: shares that sum to about one.
   *
   * @param path the values along the hierarchy, as far as they are known
   * @param items how many items there are
   */
  public double[] shares(List<String> path, int items) {
    double[] shares = new double[items];
    Cell all = cells.get("");
    double total = (all == null ? 0 : all.total) + LEAST * items;
    for (int item = 0; item < items; item++) {
      shares[item] = ((all == null ? 0 : all.count(item)) + LEAST) / total;
    }
    List<String> slices = slices(path);
    for (String slice : slices.subList(1, slices.size())) {
      Cell cell = cells.get(slice);
      // A slice of nobody, and all within it, say what the one above says.
      if (cell == null) break;
      double with = cell.total + BORROWED;
      for (int item = 0; item < items; item++) shares[item] *= BORROWED / with;
      for (int slot = 0; slot < cell.items.length; slot++) {
        int item = cell.items[slot];
        if (item >= 0 && item < items) shares[item] += cell.counts[slot] / with;
      }
    }
    return shares;
  }

  /**
   * The same within one more level that is the items' own, such as a category: what the users of
   * the slice did with items of the category counts, and the slice itself is above it.
   */
  public double[] sharesWithin(List<String> path, int items, IntPredicate category) {
    double[] shares = shares(path, items);
    Cell cell = deepest(path);
    if (cell == null) return shares;
    double inside = 0;
    for (int slot = 0; slot < cell.items.length; slot++) {
      int item = cell.items[slot];
      if (item >= 0 && item < items && category.test(item)) inside += cell.counts[slot];
    }
    double with = inside + BORROWED;
    for (int item = 0; item < items; item++) {
      boolean counts = category.test(item);
      shares[item] = ((counts ? cell.count(item) : 0) + BORROWED * shares[item]) / with;
    }
    return shares;
  }

  private @Nullable Cell deepest(List<String> path) {
    @Nullable Cell deepest = null;
    for (String slice : slices(path)) {
      Cell cell = cells.get(slice);
      if (cell == null) return deepest;
      deepest = cell;
    }
    return deepest;
  }
}
