package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/**
 * How much one slice of users did with each item: a table as long as that is few of the items, and
 * then a number for each of them, which takes less room from a sixth of them on. One writer.
 */
final class SliceCounts {
  private static final int FREE = -1;
  private static final int[] NO_TABLE = {};

  /** Stands in a row for an item with which nothing was done. */
  private static final double NOTHING = Double.NaN;

  /** The item of each slot; empty where slots are the items themselves. */
  private int[] items = free(8);

  private double[] counts = new double[8];
  private int used;
  private int itemsEnd;
  private double total;

  /** The squares of the weights that were added, those of weights taken back taken off. */
  private double squares;

  /** Whether the arrays were captured, and must not change any more. */
  private boolean isShared;

  double total() {
    return total;
  }

  double squares() {
    return squares;
  }

  /** With how many items something was done. */
  int used() {
    return used;
  }

  /** One more than the last slot, of which some hold nothing. */
  int slots() {
    return counts.length;
  }

  /** The item of a slot, or a negative number. */
  int item(int slot) {
    if (items.length > 0) return items[slot];
    return Double.isNaN(counts[slot]) ? FREE : slot;
  }

  /** The count of a slot that has an item. */
  double countAt(int slot) {
    return counts[slot];
  }

  double count(int item) {
    if (items.length == 0) {
      double count = item < counts.length ? counts[item] : NOTHING;
      return Double.isNaN(count) ? 0 : count;
    }
    int slot = slot(items, item);
    return items[slot] < 0 ? 0 : counts[slot];
  }

  /**
   * @param weight negative to take it back
   */
  void add(int item, double weight) {
    itemsEnd = Math.max(itemsEnd, item + 1);
    int slot = ownSlot(item);
    double before = counts[slot];
    // What is taken back may have been counted elsewhere: in a slice that its user has left.
    counts[slot] = Math.max(0, before + weight);
    total += counts[slot] - before;
    squares = Math.max(0, squares + weight * Math.abs(weight));
  }

  /** The slot of an item, which has a count from now on. */
  private int ownSlot(int item) {
    if (items.length > 0 && 2 * (used + 1) > items.length) grow();
    if (items.length == 0 && item >= counts.length) lengthen();
    if (isShared) {
      items = items.clone();
      counts = counts.clone();
      isShared = false;
    }
    int slot = items.length == 0 ? item : slot(items, item);
    if (item(slot) < 0) {
      if (items.length > 0) items[slot] = item;
      counts[slot] = 0;
      used++;
    }
    return slot;
  }

  private void grow() {
    int[] old = items;
    double[] oldCounts = counts;
    int longer = 2 * old.length;
    boolean isTable =
        (long) longer * (Integer.BYTES + Double.BYTES) < (long) itemsEnd * Double.BYTES;
    items = isTable ? free(longer) : NO_TABLE;
    counts = new double[isTable ? longer : roomFor(itemsEnd)];
    if (!isTable) Arrays.fill(counts, NOTHING);
    isShared = false;
    for (int n = 0; n < old.length; n++) {
      if (old[n] < 0) continue;
      int slot = isTable ? slot(items, old[n]) : old[n];
      if (isTable) items[slot] = old[n];
      counts[slot] = oldCounts[n];
    }
  }

  private void lengthen() {
    int known = counts.length;
    counts = Arrays.copyOf(counts, roomFor(itemsEnd));
    Arrays.fill(counts, known, counts.length, NOTHING);
    isShared = false;
  }

  private static int roomFor(int items) {
    return items + (items >> 3) + 8;
  }

  Piece capture() {
    isShared = true;
    int[] itemsThen = items;
    double[] countsThen = counts;
    int usedThen = used;
    int endThen = itemsEnd;
    double totalThen = total;
    double squaresThen = squares;
    return out -> {
      out.ints(itemsThen);
      out.doubles(countsThen);
      out.number(usedThen);
      out.number(endThen);
      out.number(Double.doubleToRawLongBits(totalThen));
      out.number(Double.doubleToRawLongBits(squaresThen));
    };
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    items = in.ints();
    counts = in.doubles();
    used = in.number();
    itemsEnd = in.number();
    total = Double.longBitsToDouble(in.longNumber());
    squares = Double.longBitsToDouble(in.longNumber());
  }

  private static int[] free(int length) {
    int[] table = new int[length];
    Arrays.fill(table, FREE);
    return table;
  }

  private static int slot(int[] table, int item) {
    int mixed = item * 0x9E3779B9;
    int slot = (mixed ^ mixed >>> 15) & table.length - 1;
    while (table[slot] >= 0 && table[slot] != item) slot = slot + 1 & table.length - 1;
    return slot;
  }
}
