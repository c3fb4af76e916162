package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is popular with whom: the weight of all that was done with each item, counted for everybody
 * and for every slice of users along a hierarchy, such as geo, then gender within it, then age
 * within both. Where a value is not known, the slices are those of the values that are: gender,
 * then age within it.
 *
 * <p>A slice that few users are in knows little, so each borrows from the one above it: of n in all
 * and c for an item, it says (c + m p) / (n + m), where p is what the slice above says and m how
 * much that is worth. So a slice of nobody says what its parent says, and nobody gets an empty
 * list. An event costs an addition for each choice of the user's values. One writer; readers are
 * kept away while it writes.
 */
public final class Segments {

  /** What the slice above is worth, in weights of single interactions. */
  public static final double BORROWED = 50;

  /** What is added for every item at the top, so that none has nothing. */
  private static final double LEAST = 1e-3;

  private static final char BETWEEN = '\u0001';

  private final Map<String, SliceCounts> cells = new HashMap<>();

  /** The slices that who has the values of a path is in, everybody first. */
  private final Map<List<String>, SliceCounts[]> chains = new HashMap<>();

  private long changes;

  /** The names of the slices that a path leads through, everybody first. */
  static List<String> slices(List<String> path) {
    var names = new ArrayList<String>(path.size() + 1);
    var name = new StringBuilder();
    names.add("");
    for (String value : path) {
      name.append(value).append(BETWEEN);
      if (!value.isEmpty()) names.add(name.toString());
    }
    return names;
  }

  /** The names of all slices that who has these values is in: one for each choice of them. */
  private static List<String> allSlices(List<String> path) {
    var names = new ArrayList<String>(1 << path.size());
    for (int choice = 0; choice < 1 << path.size(); choice++) {
      var name = new StringBuilder();
      int end = 0;
      boolean isKnown = true;
      for (int level = 0; level < path.size(); level++) {
        boolean isChosen = (choice >> level & 1) != 0;
        if (isChosen) {
          isKnown &= !path.get(level).isEmpty();
          name.append(path.get(level));
        }
        name.append(BETWEEN);
        if (isChosen) end = name.length();
      }
      if (isKnown) names.add(name.substring(0, end));
    }
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
    SliceCounts[] chain = chains.get(path);
    if (chain == null) {
      chain =
          allSlices(path).stream()
              .map(slice -> cells.computeIfAbsent(slice, _ -> new SliceCounts()))
              .toArray(SliceCounts[]::new);
      chains.put(List.copyOf(path), chain);
    }
    for (SliceCounts cell : chain) cell.add(item, weight);
    changes++;
  }

  /** A path without the values that lead to a slice for which nothing was counted. */
  List<String> known(List<String> path) {
    var name = new StringBuilder();
    var known = new ArrayList<String>(path.size());
    int end = 0;
    for (String value : path) {
      SliceCounts cell = value.isEmpty() ? null : cells.get(name + value + BETWEEN);
      boolean isKnown = cell != null && cell.total() > 0;
      known.add(isKnown ? value : "");
      name.append(known.getLast()).append(BETWEEN);
      if (isKnown) end = known.size();
    }
    return List.copyOf(known.subList(0, end));
  }

  Piece capture() {
    var then = new HashMap<String, Piece>();
    cells.forEach((slice, cell) -> then.put(slice, cell.capture()));
    return out -> {
      out.number(then.size());
      for (var cell : then.entrySet()) {
        out.text(cell.getKey());
        cell.getValue().write(out);
      }
    };
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    for (int left = in.number(); left > 0; left--) {
      var cell = new SliceCounts();
      cells.put(in.text(), cell);
      cell.read(in);
    }
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
    SliceCounts all = cells.get("");
    return all == null ? 0 : all.used();
  }

  /**
   * What a slice says of each item of a shelf: shares that sum to about one.
   *
   * @param path the values along the hierarchy, as far as they are known
   * @param items how many items there are
   */
  public double[] shares(List<String> path, int items) {
    double[] shares = new double[items];
    SliceCounts all = cells.get("");
    double total = (all == null ? 0 : all.total()) + LEAST * items;
    for (int item = 0; item < items; item++) {
      shares[item] = ((all == null ? 0 : all.count(item)) + LEAST) / total;
    }
    List<String> slices = slices(path);
    for (String slice : slices.subList(1, slices.size())) {
      SliceCounts cell = cells.get(slice);
      // A slice of nobody, and all within it, say what the one above says.
      if (cell == null) break;
      double with = cell.total() + BORROWED;
      for (int item = 0; item < items; item++) shares[item] *= BORROWED / with;
      for (int slot = 0; slot < cell.slots(); slot++) {
        int item = cell.item(slot);
        if (item >= 0 && item < items) shares[item] += cell.countAt(slot) / with;
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
    SliceCounts cell = deepest(path);
    if (cell == null) return shares;
    double inside = 0;
    for (int slot = 0; slot < cell.slots(); slot++) {
      int item = cell.item(slot);
      if (item >= 0 && item < items && category.test(item)) inside += cell.countAt(slot);
    }
    double with = inside + BORROWED;
    for (int item = 0; item < items; item++) {
      boolean counts = category.test(item);
      shares[item] = ((counts ? cell.count(item) : 0) + BORROWED * shares[item]) / with;
    }
    return shares;
  }

  /**
   * By how much more a slice takes each item than everybody does; nothing where the slices that the
   * path leads through say nothing that chance would not.
   *
   * @param items how many items there are
   */
  Lift lift(List<String> path, int items) {
    var lift = new Lift(items);
    SliceCounts above = cells.get("");
    if (above == null) return lift;
    lift.begin(item -> above.count(item) + LEAST, above.total() + LEAST * items);
    List<String> slices = slices(path);
    double total = above.total();
    for (String slice : slices.subList(1, slices.size())) {
      SliceCounts cell = cells.get(slice);
      if (cell == null) break;
      lift.within(cell::count, cell.total(), cell.squares(), total);
      total = cell.total();
    }
    return lift;
  }

  private @Nullable SliceCounts deepest(List<String> path) {
    @Nullable SliceCounts deepest = null;
    for (String slice : slices(path)) {
      SliceCounts cell = cells.get(slice);
      if (cell == null) return deepest;
      deepest = cell;
    }
    return deepest;
  }
}
